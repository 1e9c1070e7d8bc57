-- The records of the chunks, once the whole listing is known: no card at all means that cards were not asked for, so has_card is unknown.
-- Variable: cards_known.
-- grain: sequence
select
    * replace (
        case when getvariable('cards_known') then has_card end as has_card,
        attributes_md5 || card_mark(case when getvariable('cards_known') then has_card end) as attributes_md5
    )
from chunks
