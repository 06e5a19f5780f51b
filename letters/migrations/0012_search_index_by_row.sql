-- The search index refreshes the rows that a statement touched, no longer all rows of their letters: what one paragraph of
-- a published letter costs does not grow with the letter.

DROP FUNCTION letters_index_follow() CASCADE;  -- with its triggers, which are made anew below
DROP FUNCTION letters_index_refresh(bigint[]);

-- The views read from a letter, passage or position on, whose keys are asked. OFFSET 0, and a query where one value is wanted
-- (EXISTS may read a whole table once, to be asked more often), keep that order, each row by its key, whatever statistics say.
CREATE OR REPLACE VIEW letters_topic_and_above AS
    SELECT topic.id AS topic_id, above.id AS above_id
    FROM letters_topic AS topic CROSS JOIN LATERAL (
        VALUES (topic.id), (topic.parent_id), ((SELECT parent_id FROM letters_topic WHERE id = topic.parent_id))
    ) AS above (id)
    WHERE above.id IS NOT NULL;

CREATE OR REPLACE VIEW letters_letter_to_index AS
    SELECT
        letter.id AS letter_id, letter.kind, letter.date,
        coalesce(letter.date, latest.meeting) AS ordered_on, coalesce(latest.meeting, letter.date) AS begun_on,
        letter.first_published_at AS published_at,
        ARRAY(
            SELECT DISTINCT level
            FROM letters_letter_meetings AS treated CROSS JOIN LATERAL (
                SELECT levels FROM letters_meeting WHERE id = treated.meeting_id OFFSET 0
            ) AS meeting, unnest(meeting.levels) AS level
            WHERE treated.letter_id = letter.id
            ORDER BY level
        ) AS levels,
        ARRAY(
            SELECT meeting_id FROM letters_letter_meetings WHERE letter_id = letter.id ORDER BY meeting_id
        ) AS meetings,
        ARRAY(
            SELECT DISTINCT extract(year FROM meeting.start)::smallint AS year
            FROM letters_letter_meetings AS treated CROSS JOIN LATERAL (
                SELECT start FROM letters_meeting WHERE id = treated.meeting_id OFFSET 0
            ) AS meeting
            WHERE treated.letter_id = letter.id AND meeting.start IS NOT NULL
            ORDER BY year
        ) AS years,
        ARRAY(
            SELECT DISTINCT chamber
            FROM (SELECT chamber FROM letters_submission WHERE letter_id = letter.id OFFSET 0) AS sent
            WHERE chamber <> '' ORDER BY chamber
        ) AS chambers,
        ARRAY(
            SELECT DISTINCT slug
            FROM (SELECT slug FROM letters_signatory WHERE letter_id = letter.id OFFSET 0) AS signed
            ORDER BY slug
        ) AS signatories,
        (SELECT id FROM letters_paragraph WHERE letter_id = letter.id LIMIT 1) IS NOT NULL AS has_passages,
        to_tsvector('dutch', letter.subject) AS subject
    FROM letters_letter AS letter, LATERAL (
        SELECT max(meeting.start) AS meeting
        FROM letters_letter_meetings AS treated CROSS JOIN LATERAL (
            SELECT start FROM letters_meeting WHERE id = treated.meeting_id OFFSET 0
        ) AS meeting
        WHERE treated.letter_id = letter.id
    ) AS latest
    WHERE letter.status IS NOT DISTINCT FROM 'published';

CREATE OR REPLACE VIEW letters_passage_to_index AS
    SELECT
        paragraph.id AS paragraph_id, paragraph.letter_id, letter.ordered_on, paragraph."order", paragraph.language,
        (SELECT number FROM letters_session WHERE id = section.session_id) AS session,
        coalesce(topics.checked, '{}') AS topics,
        coalesce(topics.with_unchecked, '{}') AS topics_unchecked,
        coalesce(stances.checked, 0) AS stances,
        coalesce(stances.with_unchecked, 0) AS stances_unchecked,
        coalesce(stances.unchecked, 0) AS unchecked
    FROM letters_paragraph AS paragraph
    CROSS JOIN LATERAL (
        SELECT ordered_on FROM letters_indexedletter WHERE letter_id = paragraph.letter_id OFFSET 0
    ) AS letter
    CROSS JOIN LATERAL (
        SELECT session_id FROM letters_section WHERE id = paragraph.section_id OFFSET 0
    ) AS section
    CROSS JOIN LATERAL (
        SELECT
            array_agg(DISTINCT above_id ORDER BY above_id) FILTER (WHERE is_checked) AS checked,
            array_agg(DISTINCT above_id ORDER BY above_id) AS with_unchecked
        FROM (
            SELECT topic_id, true AS is_checked FROM letters_section_topics WHERE section_id = paragraph.section_id
            UNION ALL
            SELECT own.topic_id, said.status = 'checked'
            FROM letters_position AS said CROSS JOIN LATERAL (
                SELECT topic_id FROM letters_position_topics WHERE position_id = said.id OFFSET 0
            ) AS own
            WHERE said.paragraph_id = paragraph.id AND said.status IS DISTINCT FROM 'rejected'
        ) AS filed CROSS JOIN LATERAL (
            SELECT above_id FROM letters_topic_and_above WHERE topic_id = filed.topic_id OFFSET 0
        ) AS above
    ) AS topics
    CROSS JOIN LATERAL (
        SELECT
            bit_or(letters_stance_bit(stance, moment)) FILTER (WHERE status = 'checked') AS checked,
            bit_or(letters_stance_bit(stance, moment)) AS with_unchecked,
            count(*) FILTER (WHERE status = 'unchecked') AS unchecked
        FROM letters_position
        WHERE paragraph_id = paragraph.id AND status IS DISTINCT FROM 'rejected'
    ) AS stances;

CREATE OR REPLACE VIEW letters_position_to_index AS
    SELECT
        said.id AS position_id, said.paragraph_id, said.letter_id, letter.ordered_on, paragraph."order",
        said.start,
        greatest(letter.published_at, said.decided_at) AS published_at,
        (SELECT number FROM letters_session WHERE id = section.session_id) AS session,
        ARRAY(
            SELECT DISTINCT above_id
            FROM (
                SELECT topic_id FROM letters_position_topics WHERE position_id = said.id
                UNION ALL
                SELECT topic_id FROM letters_section_topics
                WHERE section_id = paragraph.section_id
                    AND NOT EXISTS (SELECT FROM letters_position_topics WHERE position_id = said.id)
            ) AS filed CROSS JOIN LATERAL (
                SELECT above_id FROM letters_topic_and_above WHERE topic_id = filed.topic_id OFFSET 0
            ) AS above
            ORDER BY above_id
        ) AS topics,
        letters_stance_bit(said.stance, said.moment) AS stances,
        said.status = 'checked' AS is_checked
    FROM letters_position AS said
    CROSS JOIN LATERAL (
        SELECT ordered_on, published_at FROM letters_indexedletter WHERE letter_id = said.letter_id OFFSET 0
    ) AS letter
    CROSS JOIN LATERAL (
        SELECT id, section_id, "order" FROM letters_paragraph WHERE id = said.paragraph_id OFFSET 0
    ) AS paragraph
    CROSS JOIN LATERAL (
        SELECT session_id FROM letters_section WHERE id = paragraph.section_id OFFSET 0
    ) AS section
    WHERE said.status IS DISTINCT FROM 'rejected';

-- Make what the index has of these what it must be: of the letters their own row, and all of a letter that comes, goes or
-- changes its place in time; else the passages of these sections and paragraphs with their positions, and these positions. The
-- letters are those that all of it belongs to, before and after. Rows that are right stay as they are. Making the plans takes
-- ten times as long as carrying them out, so they are made once. They stay in use for as long as their connection lives: made
-- while the tables are empty, they would read them from end to end, also when they have grown.
CREATE FUNCTION letters_index_refresh(letters bigint[], sections bigint[], paragraphs bigint[], positions bigint[])
RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whole bigint[];
BEGIN
    letters := ARRAY(
        SELECT letter FROM unnest(letters) AS letter
        WHERE (SELECT status FROM letters_letter WHERE id = letter) IS NOT DISTINCT FROM 'published'
            OR (SELECT letter_id FROM letters_indexedletter WHERE letter_id = letter) IS NOT NULL
        ORDER BY letter
    );
    IF cardinality(letters) = 0 THEN
        RETURN;  -- a draft that never was public
    END IF;
    -- Of two transactions that change one letter the second looks again when the first is done: also at what a section holds.
    PERFORM FROM letters_letter WHERE id = ANY (letters) ORDER BY id FOR NO KEY UPDATE;

    whole := ARRAY(
        SELECT letter
        FROM unnest(letters) AS letter
        WHERE (SELECT (ordered_on, published_at) FROM letters_indexedletter WHERE letter_id = letter)
            IS DISTINCT FROM (SELECT (ordered_on, published_at) FROM letters_letter_to_index WHERE letter_id = letter)
    );
    -- Not UNION: it would have the rows in order, and for that read a table in the order of its keys from end to end.
    paragraphs := ARRAY(
        SELECT unnest(paragraphs)
        UNION ALL SELECT id FROM letters_paragraph WHERE section_id = ANY (sections)
        UNION ALL SELECT id FROM letters_paragraph WHERE letter_id = ANY (whole)
        UNION ALL SELECT paragraph_id FROM letters_indexedpassage WHERE letter_id = ANY (whole)
    );
    positions := ARRAY(
        SELECT unnest(positions)
        UNION ALL SELECT id FROM letters_position WHERE paragraph_id = ANY (paragraphs)
        UNION ALL SELECT id FROM letters_position WHERE letter_id = ANY (whole)
        UNION ALL SELECT position_id FROM letters_indexedposition WHERE letter_id = ANY (whole)
    );

    DELETE FROM letters_indexedletter AS kept
    WHERE kept.letter_id = ANY (letters)
        AND (SELECT status FROM letters_letter WHERE id = kept.letter_id) IS DISTINCT FROM 'published';
    INSERT INTO letters_indexedletter (
        letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories,
        has_passages, subject
    )
    SELECT
        letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories,
        has_passages, subject
    FROM letters_letter_to_index WHERE letter_id = ANY (letters)
    EXCEPT SELECT
        letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories,
        has_passages, subject
    FROM letters_indexedletter WHERE letter_id = ANY (letters)
    ON CONFLICT (letter_id) DO UPDATE SET (
        kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories, has_passages,
        subject
    ) = (
        excluded.kind, excluded.date, excluded.ordered_on, excluded.begun_on, excluded.published_at, excluded.levels,
        excluded.meetings, excluded.years, excluded.chambers, excluded.signatories, excluded.has_passages, excluded.subject
    );

    DELETE FROM letters_indexedpassage AS kept
    WHERE kept.paragraph_id = ANY (paragraphs)
        AND (
            SELECT (SELECT letter_id FROM letters_indexedletter WHERE letter_id = paragraph.letter_id)
            FROM letters_paragraph AS paragraph WHERE id = kept.paragraph_id
        ) IS NULL;
    INSERT INTO letters_indexedpassage (
        paragraph_id, letter_id, ordered_on, "order", language, session, topic_set_id, topic_set_unchecked_id, stances,
        stances_unchecked, unchecked
    )
    SELECT
        paragraph_id, letter_id, ordered_on, "order", language, session, letters_topic_set(topics),
        letters_topic_set(topics_unchecked), stances, stances_unchecked, unchecked::int
    FROM letters_passage_to_index WHERE paragraph_id = ANY (paragraphs)
    EXCEPT SELECT
        paragraph_id, letter_id, ordered_on, "order", language, session, topic_set_id, topic_set_unchecked_id, stances,
        stances_unchecked, unchecked
    FROM letters_indexedpassage WHERE paragraph_id = ANY (paragraphs)
    ORDER BY letter_id, "order", paragraph_id
    ON CONFLICT (paragraph_id) DO UPDATE SET (
        letter_id, ordered_on, "order", language, session, topic_set_id, topic_set_unchecked_id, stances,
        stances_unchecked, unchecked
    ) = (
        excluded.letter_id, excluded.ordered_on, excluded."order", excluded.language, excluded.session,
        excluded.topic_set_id, excluded.topic_set_unchecked_id, excluded.stances, excluded.stances_unchecked,
        excluded.unchecked
    );

    DELETE FROM letters_indexedposition AS kept
    WHERE kept.position_id = ANY (positions)
        AND (SELECT position_id FROM letters_position_to_index WHERE position_id = kept.position_id) IS NULL;
    INSERT INTO letters_indexedposition (
        position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session, topic_set_id, stances,
        is_checked
    )
    SELECT
        position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session,
        letters_topic_set(topics), stances, is_checked
    FROM letters_position_to_index WHERE position_id = ANY (positions)
    EXCEPT SELECT
        position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session, topic_set_id, stances,
        is_checked
    FROM letters_indexedposition WHERE position_id = ANY (positions)
    ORDER BY letter_id, "order", start, position_id
    ON CONFLICT (position_id) DO UPDATE SET (
        paragraph_id, letter_id, ordered_on, "order", start, published_at, session, topic_set_id, stances, is_checked
    ) = (
        excluded.paragraph_id, excluded.letter_id, excluded.ordered_on, excluded."order", excluded.start,
        excluded.published_at, excluded.session, excluded.topic_set_id, excluded.stances, excluded.is_checked
    );
END $$;

-- Make the whole index anew, a thousand letters at a time.
CREATE OR REPLACE FUNCTION letters_index_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    letters bigint[];
BEGIN
    DELETE FROM letters_indexedposition;
    DELETE FROM letters_indexedpassage;
    DELETE FROM letters_indexedletter;
    DELETE FROM letters_topicset;
    FOR letters IN
        SELECT array_agg(id) FROM (
            SELECT id, row_number() OVER (ORDER BY id) / 1000 AS part FROM letters_letter WHERE status = 'published'
        ) AS published GROUP BY part ORDER BY part
    LOOP
        PERFORM letters_index_refresh(letters, NULL, NULL, NULL);
    END LOOP;
END $$;

-- After a statement: refresh what its rows touch. The argument of the trigger is a query for the keys of letters, sections,
-- paragraphs and positions from "changed", the rows before and after; of an update it may also read "before" and "after" themselves.
CREATE FUNCTION letters_index_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE after'
        WHEN 'DELETE' THEN 'TABLE before'
        ELSE 'TABLE before UNION ALL TABLE after'
    END;
    letters bigint[];
    sections bigint[];
    paragraphs bigint[];
    positions bigint[];
BEGIN
    EXECUTE format(
        'WITH changed AS (%s)
         SELECT array_agg(DISTINCT letter), array_agg(DISTINCT section), array_agg(DISTINCT paragraph), array_agg(DISTINCT said)
         FROM (%s) AS found (letter, section, paragraph, said)',
        changed, TG_ARGV[0]
    ) INTO letters, sections, paragraphs, positions;
    IF letters IS NOT NULL THEN
        PERFORM letters_index_refresh(letters, sections, paragraphs, positions);
    END IF;
    RETURN NULL;
END $$;

-- As they were, but the rows of the index are asked by their keys, and not all read.
CREATE OR REPLACE FUNCTION letters_index_drop_words_of_paragraphs() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM letters_indexedpassage WHERE paragraph_id = ANY (ARRAY(
        SELECT after.id FROM before JOIN after ON after.id = before.id
        WHERE (before.text, before.language) IS DISTINCT FROM (after.text, after.language)
    ));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION letters_index_drop_words_of_positions() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM letters_indexedposition WHERE position_id = ANY (ARRAY(
        SELECT after.id FROM before JOIN after ON after.id = before.id
        WHERE before.sentence IS DISTINCT FROM after.sentence
    ));
    RETURN NULL;
END $$;

DO $$
DECLARE
    source record;
    event record;
BEGIN
    FOR source IN SELECT * FROM (VALUES
        ('letters_letter', 'SELECT id, NULL, NULL, NULL FROM changed'),
        ('letters_letter_meetings', 'SELECT letter_id, NULL, NULL, NULL FROM changed'),
        ('letters_submission', 'SELECT letter_id, NULL, NULL, NULL FROM changed'),
        ('letters_signatory', 'SELECT letter_id, NULL, NULL, NULL FROM changed'),
        ('letters_section', 'SELECT letter_id, id, NULL, NULL FROM changed'),
        ('letters_section_topics',
            'SELECT letter_id, section_id, NULL, NULL
             FROM changed JOIN letters_section AS section ON section.id = changed.section_id'),
        ('letters_paragraph', 'SELECT letter_id, NULL, id, NULL FROM changed'),
        ('letters_position', 'SELECT letter_id, NULL, paragraph_id, id FROM changed'),
        ('letters_position_topics',
            'SELECT letter_id, NULL, paragraph_id, position_id
             FROM changed JOIN letters_position AS said ON said.id = changed.position_id')
    ) AS sources (name, touched) LOOP
        FOR event IN SELECT * FROM (VALUES
            ('insert', 'NEW TABLE AS after'),
            ('delete', 'OLD TABLE AS before'),
            ('update', 'OLD TABLE AS before NEW TABLE AS after')
        ) AS events (name, tables) LOOP
            EXECUTE format(
                'CREATE TRIGGER search_index_%s AFTER %s ON %I REFERENCING %s'
                ' FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(%L)',
                event.name, event.name, source.name, event.tables, source.touched
            );
        END LOOP;
    END LOOP;
END $$;

-- Of these, letters only notice that a row they are filed under changes.
CREATE TRIGGER search_index_update AFTER UPDATE ON letters_meeting
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(
        'SELECT letter_id, NULL, NULL, NULL
         FROM changed JOIN letters_letter_meetings AS treated ON treated.meeting_id = changed.id'
    );
CREATE TRIGGER search_index_update AFTER UPDATE ON letters_session
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(
        'SELECT letter_id, section.id, NULL, NULL
         FROM changed JOIN letters_section AS section ON section.session_id = changed.id'
    );
CREATE TRIGGER search_index_update AFTER UPDATE ON letters_topic
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(
        'SELECT passage.letter_id, NULL, passage.paragraph_id, NULL
         FROM after JOIN before ON before.id = after.id AND before.parent_id IS DISTINCT FROM after.parent_id
         JOIN letters_topicset AS filed ON after.id = ANY (filed.topics)
         JOIN letters_indexedpassage AS passage ON passage.topic_set_unchecked_id = filed.id'
    );
