-- Columns of every table and view of the build.
select
    table_name,
    column_name,
    data_type,
from duckdb_columns()
where database_name = current_database() and schema_name = 'main'
order by table_name, column_index
