-- Conditions that a strict licence sets and a lenient one does not.
-- grain: one row
with set_by as (
    select licence_id, licence_classes.name, string_split(conditions, ' ') as conditions
    from licence_rules
    inner join licence_classes using (licence_id)
)

select
    strict.name as strict_name,
    lenient.name as lenient_name,
    array_to_string(strict.conditions, ' ') as strict_conditions,
    array_to_string(lenient.conditions, ' ') as lenient_conditions,
    len(list_filter(strict.conditions, lambda one: not list_contains(lenient.conditions, one))) as answer,
from set_by as strict
cross join set_by as lenient
where strict.licence_id = 'agpl-3.0' and lenient.licence_id = 'apache-2.0'
