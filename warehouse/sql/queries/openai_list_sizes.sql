-- How many models OpenAI listed at each good snapshot, with pauses in collection marked.
-- grain: snapshot_at
select
    openai_listing.*,
    snapshots.is_after_gap,
    snapshots.is_simulated,
from openai_listing
inner join snapshots on snapshots.listing = 'openai_models' and snapshots.snapshot_at = openai_listing.snapshot_at
where $as_of::timestamp is null or openai_listing.snapshot_at <= $as_of
order by openai_listing.snapshot_at
