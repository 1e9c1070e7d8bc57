-- The rows of a landed listing without its repeats: the last record of a key counts.
-- grain: state_key
select landed.*
from landed
anti join superseded using (sequence)
