-- Who made the reference tables' facts, under which licence, and the line that the licence asks for.
-- grain: table_name, source
select *
from attributions
order by table_name, source
