-- Records of a landed listing whose key comes again later.
-- grain: sequence
with repeated as (
    select state_key, max(sequence) as last_sequence
    from landed
    group by state_key
    having count(*) > 1
)
select landed.sequence
from landed
inner join repeated using (state_key)
where landed.sequence < repeated.last_sequence
