-- One record of a listing of models, datasets or Spaces as its page gave it. Read as text wherever an odd value is conceivable: one that
-- does not fit its declared type would refuse the whole page. Variable: pages (files).
select *
from read_json(
    getvariable('pages'),
    format = 'array',
    hive_partitioning = false,
    columns = {
        '_id': 'varchar', 'id': 'varchar', 'modelId': 'varchar', 'private': 'varchar', 'createdAt': 'varchar', 'lastModified': 'varchar',
        'downloads': 'varchar', 'downloadsAllTime': 'varchar', 'likes': 'varchar', 'trendingScore': 'varchar',
        'gated': 'varchar', 'disabled': 'varchar', 'pipeline_tag': 'varchar', 'library_name': 'varchar', 'sdk': 'varchar',
        'tags': 'varchar[]', 'models': 'varchar[]', 'datasets': 'varchar[]', 'mainSize': 'varchar', 'usedStorage': 'varchar',
        'cardData': 'struct(license varchar, license_name varchar, "language" varchar)',
        'baseModels': 'json', 'safetensors': 'struct(total varchar)', 'gguf': 'struct(total varchar)'
    }
)
