-- One row per run, as its manifest says.
create temp table manifests as
select *
from read_json(
    getvariable('manifest_files'),
    hive_partitioning = false,
    columns = {
        'run_id': 'varchar',
        'snapshot_at': 'timestamp',
        'profile': 'varchar',
        'version': 'varchar',
        'endpoint': 'varchar',
        'is_simulated': 'boolean',
        'started_at': 'timestamp',
        'finished_at': 'timestamp',
        'listings': 'struct(
            listing varchar, coverage varchar, coverage_limit bigint, status varchar, reason varchar, requests bigint, bytes bigint,
            seconds double, record_count bigint, row_count bigint, duplicate_count bigint,
            rejected struct(reason varchar, count bigint)[], odd_values struct(reason varchar, count bigint)[],
            added_count bigint, changed_count bigint, left_count bigint, previous_snapshot_at timestamp,
            files struct(path varchar, rows bigint)[]
        )[]'
    }
)
