-- Where the simulator's invented organisations (collector/demo/world/bases.csv) are from and what they are: told in the demo alone, as
-- one more source of author_sources.
insert into author_sources by name
select
    *,
    'hubscope''s simulator: an invented organisation' as source,
    'collector/demo/world/bases.csv' as source_url,
    date '2026-11-29' as source_date,
    1 as precedence,
from (
    values
        ('sim-articulate', 'us', 'company'),
        ('sim-aurora', 'europe', 'company'),
        ('sim-baixiang', 'china', 'research_institute'),
        ('sim-blackpine', 'europe', 'company'),
        ('sim-clearpath', 'us', 'company'),
        ('sim-cloudpeak', 'china', 'company'),
        ('sim-deepwell', 'china', 'company'),
        ('sim-falke', 'other', 'research_institute'),
        ('sim-fenster', 'us', 'company'),
        ('sim-flood', 'international', 'community'),
        ('sim-gemstone', 'us', 'company'),
        ('sim-harbour', 'europe', 'university'),
        ('sim-lumen', 'us', 'company'),
        ('sim-meridian', 'us', 'company'),
        ('sim-northwind', 'us', 'company'),
        ('sim-quickline', 'us', 'company'),
        ('sim-runway', 'china', 'company'),
        ('sim-smallworks', 'us', 'company'),
        ('sim-tidewater', 'us', 'company'),
        ('sim-tinyworks', 'other', 'university'),
        ('sim-tonal', 'europe', 'individual'),
        ('sim-zephyros', 'europe', 'company')
) as invented (author, region, author_kind);
