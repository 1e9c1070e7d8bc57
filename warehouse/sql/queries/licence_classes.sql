select *
from licence_classes
order by licence_id
