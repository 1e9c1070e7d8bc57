-- The kept records of a landed listing, in the order listed. Variable: chunks (files, each written in the order of its pages).
-- grain: sequence
select
    first_sequence + file_row_number as sequence,
    * exclude (first_sequence, file_row_number, rejected_because, odd_because, example)
from read_parquet(getvariable('chunks'), hive_partitioning = false, file_row_number = true)
where rejected_because is null
