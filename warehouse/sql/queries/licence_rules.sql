-- What a licence permits, demands and leaves out.
-- grain: licence_id
select licence_rules.licence_id, licence_classes.name, licence_class, permissions, conditions, limitations, licence_rules.source_url, source_date
from licence_rules
inner join licence_classes using (licence_id)
order by licence_class, licence_id
