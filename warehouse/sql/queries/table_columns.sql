-- Columns of every table and view of the build, and of `history`, which is a view over the lake.
-- grain: table_name, column_name
select
    table_name,
    column_name,
    data_type,
from duckdb_columns()
where schema_name = 'main' and (database_name = current_database() or table_name = 'history')
order by table_name, column_index
