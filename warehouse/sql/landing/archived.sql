-- How the columns of a published archive are read, whatever their type: each macro takes a column of the shape that its name says and
-- gives what hub_records.sql gives of an API page. A value that cannot be read so is null, never a fault of the whole file.

-- Numbers, booleans and moments. pandas writes whole numbers with gaps as fractions, and a gap as NaN.
create macro archived_text(value) as nullif(cast(value as varchar), 'nan');

-- Moments as a number since 1970, in the unit that makes it a date of this century.
create macro archived_epoch(number) as
    cast(
        case
            when number > 1e17 then make_timestamp_ns(cast(number as bigint))
            when number > 1e14 then make_timestamp(cast(number as bigint))
            when number > 1e11 then make_timestamp_ms(cast(number as bigint))
            else make_timestamp(cast(number as bigint) * 1000000)
        end as varchar
    );

create macro archived_words(list) as list_filter(cast(list as varchar[]), lambda word: word is not null);

create macro archived_words_in_json(words) as try(json_extract_string(words, '$[*]'));

create macro archived_card(document) as
    case
        when document is not null and document not in ('', 'null') then
            coalesce(
                list_transform(
                    [try(json_extract_string(document, ['$.license', '$.license_name', '$.language']))],
                    lambda said: struct_pack(license := said[1], license_name := said[2], "language" := said[3])
                )[1],
                struct_pack(license := null::varchar, license_name := null::varchar, "language" := null::varchar)
            )
    end;

create macro archived_total(document) as
    case when document is not null then struct_pack(total := try(json_extract_string(document, '$.total'))) end;

create macro archived_json(document) as try_cast(document as json);
