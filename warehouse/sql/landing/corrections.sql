-- What a late snapshot must add at its successor's moment, so that the successor stays what it was: the successor's rows that
-- differ from the late listing, unless they already stand there. Parameter: $moment (the successor's).
-- grain: sequence
select
    changed.sequence,
    changed.has_new_attributes and not exists (
        from series_attributes as stands
        where stands.state_key = later_rows.state_key and stands.snapshot_at = $moment
    ) as has_new_attributes,
    changed.has_new_metrics and not exists (
        from series_metrics as stands
        where stands.state_key = later_rows.state_key and stands.snapshot_at = $moment
    ) as has_new_metrics
from changes_between('later_rows', 'listed') as changed
inner join later_rows using (sequence)
