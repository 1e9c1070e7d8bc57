-- The records of the chunks, in the order listed. Only the whole listing shows whether cards were asked for: no card at all means they
-- were not, so has_card is unknown. Variable: cards_known.
-- grain: sequence
select
    * replace (
        case when getvariable('cards_known') then has_card end as has_card,
        with_card(fingerprint, case when getvariable('cards_known') then has_card end) as fingerprint
    )
from chunks
