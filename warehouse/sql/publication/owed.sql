-- Whom the reference tables that the published marts are made with are owed to, in the words that their makers ask for.
-- grain: credit, address, licence
select distinct attribution as credit, source_url as address, licence
from attributions
where list_contains($tables, table_name)
order by credit
