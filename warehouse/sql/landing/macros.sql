-- What the landing files share. Text from a listing is never trusted: cut, and freed of characters that change how its neighbours look.

-- Control characters and the marks that turn the direction of writing. Plain ASCII that JSON would not escape holds none, and to see
-- that takes a fifth of the pattern's time.
create macro has_marks(words) as
    case
        when strlen(words) = length(words) and strlen(to_json(words)::varchar) = strlen(words) + 2 then contains(words, chr(127))
        else regexp_matches(words, '[\x00-\x1f\x7f-\x{9f}\x{061c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]')
    end;

create macro without_marks(words) as
    regexp_replace(words, '[\x00-\x1f\x7f-\x{9f}\x{061c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]', '', 'g');

-- The tests come first because nearly every text passes them.
create macro cleaned(words, size) as
    nullif(case when has_marks(words) or length(words) > size then left(without_marks(words), size) else words end, '');

create macro cleaned_list(words, size) as
    list_filter(list_transform(words, lambda word: cleaned(word, size)), lambda word: word is not null);

-- A sorted list without its repeats; give it a column, for an expression would be worked out again for each word.
-- list_distinct costs three times as much.
create macro without_repeats(sorted) as
    list_filter(sorted, lambda word, place: word is not null and (place = 1 or word is distinct from sorted[place - 1]));

create macro as_set(words) as case when len(words) > 1 then list_sort(list_distinct(words)) else words end;

-- A field of a model card may hold one text, a list, or anything else that YAML allows; read as text it looks like one of these.
create macro texts_of(field) as
    case
        when field is null or field in ('', 'null') or starts_with(field, '{') then []::varchar[]
        when starts_with(field, '[') then
            case
                when json_valid(field) then
                    list_filter(
                        json_extract_string(field, '$[*]'),
                        lambda word: word is not null and not starts_with(word, '{') and not starts_with(word, '[')
                    )
                else []::varchar[]
            end
        else [field]
    end;

-- A count is a whole number from 0; anything else is unknown. greatest() passes over null.
create macro count_of(digits) as nullif(greatest(try_cast(digits as bigint), -1), -1);

-- UTC. Without a zone, UTC is meant.
create macro moment_of(words) as
    case
        when ends_with(words, 'Z') then try_cast(words as timestamp)
        else try_cast(words as timestamptz) at time zone 'UTC'
    end;

-- Nothing on these lists is older than 2016; a clock may be wrong by a day or two.
create macro plausible(moment, snapshot_at) as
    case when moment between timestamp '2016-01-01' and snapshot_at + interval 2 day then moment end;

-- ISO 639-1. Three-letter codes are left out: most that occur as bare tags are words of the trade (rag, moe, sql).
create macro is_language_code(tag) as
    contains(
        ' aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff '
        'fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku '
        'kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu '
        'rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo '
        'wa wo xh yi yo za zh zu ',
        ' ' || tag || ' '
    );

-- US dollars per million tokens.
create macro price_of(digits) as
    case when try_cast(digits as double) between 0 and 1e6 then try_cast(digits as double) end;

-- Whether a repository has a card, once that is known.
create macro with_card(fingerprint, has_card) as
    xor(fingerprint, case when has_card then 1 when not has_card then 2 else 0 end::ubigint);
