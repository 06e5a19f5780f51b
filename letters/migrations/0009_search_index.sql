-- The search index keeps itself: what a row is made of stands in three views, and whatever changes what they read
-- refreshes the rows of the letters it touches, in the same transaction.

-- A topic, what it falls under, and what that falls under: a parent counts for its children too.
CREATE VIEW letters_topic_and_above AS
    SELECT id AS topic_id, id AS above_id FROM letters_topic
    UNION ALL
    SELECT id, parent_id FROM letters_topic WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT topic.id, parent.parent_id
    FROM letters_topic AS topic JOIN letters_topic AS parent ON parent.id = topic.parent_id
    WHERE parent.parent_id IS NOT NULL;

-- The bit of a position, as in letters.models.index.STANCE_BITS.
CREATE FUNCTION letters_stance_bit(stance text, moment text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN 1 << (
        3 * (array_position(ARRAY[
            'support', 'oppose', 'call', 'concern', 'condemnation', 'proposal', 'view', 'action', 'promise'
        ], stance) - 1)
        + array_position(ARRAY['planned', 'delivered', 'stated'], moment) - 1
    );

CREATE VIEW letters_letter_to_index AS
    SELECT
        letter.id AS letter_id, letter.kind, letter.date,
        coalesce(letter.date, latest.meeting) AS ordered_on, coalesce(latest.meeting, letter.date) AS begun_on,
        letter.first_published_at AS published_at,
        ARRAY(
            SELECT DISTINCT level
            FROM letters_letter_meetings AS treated
            JOIN letters_meeting AS meeting ON meeting.id = treated.meeting_id, unnest(meeting.levels) AS level
            WHERE treated.letter_id = letter.id
            ORDER BY level
        ) AS levels,
        ARRAY(
            SELECT meeting_id FROM letters_letter_meetings WHERE letter_id = letter.id ORDER BY meeting_id
        ) AS meetings,
        ARRAY(
            SELECT DISTINCT extract(year FROM meeting.start)::smallint AS year
            FROM letters_letter_meetings AS treated JOIN letters_meeting AS meeting ON meeting.id = treated.meeting_id
            WHERE treated.letter_id = letter.id AND meeting.start IS NOT NULL
            ORDER BY year
        ) AS years,
        ARRAY(
            SELECT DISTINCT chamber FROM letters_submission
            WHERE letter_id = letter.id AND chamber <> '' ORDER BY chamber
        ) AS chambers,
        ARRAY(
            SELECT DISTINCT slug FROM letters_signatory WHERE letter_id = letter.id ORDER BY slug
        ) AS signatories,
        EXISTS (SELECT FROM letters_paragraph WHERE letter_id = letter.id) AS has_passages,
        to_tsvector('dutch', letter.subject) AS subject
    FROM letters_letter AS letter, LATERAL (
        SELECT max(meeting.start) AS meeting
        FROM letters_letter_meetings AS treated JOIN letters_meeting AS meeting ON meeting.id = treated.meeting_id
        WHERE treated.letter_id = letter.id
    ) AS latest
    WHERE letter.status = 'published';

-- A passage has the topics of its section, and its positions' own. Statuses are asked in a way that no index on them serves:
-- without statistics that was taken for the best, and all positions that were checked were read for each passage.
CREATE VIEW letters_passage_to_index AS
    SELECT
        paragraph.id AS paragraph_id, paragraph.letter_id, letter.ordered_on, paragraph."order", paragraph.language,
        session.number AS session,
        ARRAY(
            SELECT DISTINCT above_id
            FROM (
                SELECT topic_id FROM letters_section_topics WHERE section_id = paragraph.section_id
                UNION ALL
                SELECT own.topic_id
                FROM letters_position AS said JOIN letters_position_topics AS own ON own.position_id = said.id
                WHERE said.paragraph_id = paragraph.id AND said.status IS NOT DISTINCT FROM 'checked'
            ) AS filed JOIN letters_topic_and_above USING (topic_id)
            ORDER BY above_id
        ) AS topics,
        ARRAY(
            SELECT DISTINCT above_id
            FROM (
                SELECT topic_id FROM letters_section_topics WHERE section_id = paragraph.section_id
                UNION ALL
                SELECT own.topic_id
                FROM letters_position AS said JOIN letters_position_topics AS own ON own.position_id = said.id
                WHERE said.paragraph_id = paragraph.id AND said.status IS DISTINCT FROM 'rejected'
            ) AS filed JOIN letters_topic_and_above USING (topic_id)
            ORDER BY above_id
        ) AS topics_unchecked,
        coalesce(stances.checked, 0) AS stances,
        coalesce(stances.with_unchecked, 0) AS stances_unchecked,
        coalesce(stances.unchecked, 0) AS unchecked
    FROM letters_paragraph AS paragraph
    JOIN letters_indexedletter AS letter ON letter.letter_id = paragraph.letter_id
    CROSS JOIN LATERAL (
        SELECT session_id FROM letters_section WHERE id = paragraph.section_id OFFSET 0
    ) AS section
    LEFT JOIN letters_session AS session ON session.id = section.session_id
    LEFT JOIN LATERAL (
        SELECT
            bit_or(letters_stance_bit(stance, moment)) FILTER (WHERE status = 'checked') AS checked,
            bit_or(letters_stance_bit(stance, moment)) AS with_unchecked,
            count(*) FILTER (WHERE status = 'unchecked') AS unchecked
        FROM letters_position
        WHERE paragraph_id = paragraph.id AND status IS DISTINCT FROM 'rejected'
    ) AS stances ON true;

-- A position has its own topics, else those of its section. OFFSET 0 keeps the order of reading: from the letter down, each row
-- by its key. Without statistics all paragraphs of a section were read for each of its positions.
CREATE VIEW letters_position_to_index AS
    SELECT
        said.id AS position_id, said.paragraph_id, said.letter_id, letter.ordered_on, paragraph."order",
        said.start,
        greatest(letter.published_at, said.decided_at) AS published_at,
        session.number AS session,
        ARRAY(
            SELECT DISTINCT above_id
            FROM (
                SELECT topic_id FROM letters_position_topics WHERE position_id = said.id
                UNION ALL
                SELECT topic_id FROM letters_section_topics
                WHERE section_id = paragraph.section_id
                    AND NOT EXISTS (SELECT FROM letters_position_topics WHERE position_id = said.id)
            ) AS filed JOIN letters_topic_and_above USING (topic_id)
            ORDER BY above_id
        ) AS topics,
        letters_stance_bit(said.stance, said.moment) AS stances,
        said.status = 'checked' AS is_checked
    FROM letters_position AS said
    JOIN letters_indexedletter AS letter ON letter.letter_id = said.letter_id
    CROSS JOIN LATERAL (
        SELECT id, section_id, "order" FROM letters_paragraph WHERE id = said.paragraph_id OFFSET 0
    ) AS paragraph
    CROSS JOIN LATERAL (
        SELECT session_id FROM letters_section WHERE id = paragraph.section_id OFFSET 0
    ) AS section
    LEFT JOIN letters_session AS session ON session.id = section.session_id
    WHERE said.status IS DISTINCT FROM 'rejected';

CREATE FUNCTION letters_topic_set(wanted bigint[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
BEGIN
    SELECT id INTO found FROM letters_topicset WHERE topics = wanted;
    IF found IS NULL THEN
        INSERT INTO letters_topicset (topics) VALUES (wanted) ON CONFLICT (topics) DO NOTHING;
        SELECT id INTO found FROM letters_topicset WHERE topics = wanted;
    END IF;
    RETURN found;
END $$;

-- Make the rows of these letters what they must be. Rows that are right stay as they are. A plan stays in use for as long as
-- its connection lives: one made while the tables are empty would read them from end to end, also when they have grown.
CREATE FUNCTION letters_index_refresh(changed bigint[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    changed := ARRAY(
        SELECT letter FROM unnest(changed) AS letter
        WHERE EXISTS (SELECT FROM letters_letter WHERE id = letter AND status = 'published')
            OR EXISTS (SELECT FROM letters_indexedletter WHERE letter_id = letter)
        ORDER BY letter
    );
    IF cardinality(changed) = 0 THEN
        RETURN;  -- a draft that never was public
    END IF;
    -- Of two transactions that change one letter the second looks again when the first is done.
    PERFORM FROM letters_letter WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;

    DELETE FROM letters_indexedletter AS kept
    WHERE kept.letter_id = ANY (changed)
        AND NOT EXISTS (SELECT FROM letters_letter WHERE id = kept.letter_id AND status = 'published');
    INSERT INTO letters_indexedletter (
        letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories,
        has_passages, subject
    )
    SELECT
        letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories,
        has_passages, subject
    FROM letters_letter_to_index WHERE letter_id = ANY (changed)
    EXCEPT SELECT
        letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories,
        has_passages, subject
    FROM letters_indexedletter WHERE letter_id = ANY (changed)
    ON CONFLICT (letter_id) DO UPDATE SET (
        kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories, has_passages,
        subject
    ) = (
        excluded.kind, excluded.date, excluded.ordered_on, excluded.begun_on, excluded.published_at, excluded.levels,
        excluded.meetings, excluded.years, excluded.chambers, excluded.signatories, excluded.has_passages, excluded.subject
    );

    DELETE FROM letters_indexedpassage AS kept
    WHERE kept.letter_id = ANY (changed)
        AND NOT EXISTS (
            SELECT FROM letters_paragraph AS paragraph JOIN letters_indexedletter AS letter USING (letter_id)
            WHERE paragraph.id = kept.paragraph_id
        );
    INSERT INTO letters_indexedpassage (
        paragraph_id, letter_id, ordered_on, "order", language, session, topic_set_id, topic_set_unchecked_id, stances,
        stances_unchecked, unchecked
    )
    SELECT
        paragraph_id, letter_id, ordered_on, "order", language, session, letters_topic_set(topics),
        letters_topic_set(topics_unchecked), stances, stances_unchecked, unchecked::int
    FROM letters_passage_to_index WHERE letter_id = ANY (changed)
    EXCEPT SELECT
        paragraph_id, letter_id, ordered_on, "order", language, session, topic_set_id, topic_set_unchecked_id, stances,
        stances_unchecked, unchecked
    FROM letters_indexedpassage WHERE letter_id = ANY (changed)
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
    WHERE kept.letter_id = ANY (changed)
        AND NOT EXISTS (
            SELECT FROM letters_position AS said JOIN letters_indexedletter AS letter USING (letter_id)
            WHERE said.id = kept.position_id AND said.paragraph_id IS NOT NULL
                AND said.status IS DISTINCT FROM 'rejected'
        );
    INSERT INTO letters_indexedposition (
        position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session, topic_set_id, stances,
        is_checked
    )
    SELECT
        position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session,
        letters_topic_set(topics), stances, is_checked
    FROM letters_position_to_index WHERE letter_id = ANY (changed)
    EXCEPT SELECT
        position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session, topic_set_id, stances,
        is_checked
    FROM letters_indexedposition WHERE letter_id = ANY (changed)
    ORDER BY letter_id, "order", start, position_id
    ON CONFLICT (position_id) DO UPDATE SET (
        paragraph_id, letter_id, ordered_on, "order", start, published_at, session, topic_set_id, stances, is_checked
    ) = (
        excluded.paragraph_id, excluded.letter_id, excluded.ordered_on, excluded."order", excluded.start,
        excluded.published_at, excluded.session, excluded.topic_set_id, excluded.stances, excluded.is_checked
    );
END $$;

-- Make the whole index anew, a thousand letters at a time.
CREATE FUNCTION letters_index_rebuild() RETURNS void LANGUAGE plpgsql AS $$
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
        PERFORM letters_index_refresh(letters);
    END LOOP;
END $$;

-- After a statement: refresh the letters that its rows belong to. The argument of the trigger is a query for their keys
-- from "changed", the rows before and after; of an update it may also read "before" and "after" themselves.
CREATE FUNCTION letters_index_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE after'
        WHEN 'DELETE' THEN 'TABLE before'
        ELSE 'TABLE before UNION ALL TABLE after'
    END;
    letters bigint[];
BEGIN
    EXECUTE format(
        'WITH changed AS (%s) SELECT array_agg(DISTINCT letter) FROM (%s) AS found (letter)', changed, TG_ARGV[0]
    ) INTO letters;
    IF letters IS NOT NULL THEN
        PERFORM letters_index_refresh(letters);
    END IF;
    RETURN NULL;
END $$;

-- The index of words does not see that a paragraph or a sentence reads otherwise now: its row must be a new one. Runs
-- before "follow", which puts that row in (triggers of one event run in the order of their names).
CREATE FUNCTION letters_index_drop_words_of_paragraphs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM letters_indexedpassage AS kept USING before, after
    WHERE kept.paragraph_id = after.id AND before.id = after.id
        AND (before.text, before.language) IS DISTINCT FROM (after.text, after.language);
    RETURN NULL;
END $$;

CREATE FUNCTION letters_index_drop_words_of_positions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM letters_indexedposition AS kept USING before, after
    WHERE kept.position_id = after.id AND before.id = after.id AND before.sentence IS DISTINCT FROM after.sentence;
    RETURN NULL;
END $$;

CREATE TRIGGER search_index_a_words AFTER UPDATE ON letters_paragraph
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_drop_words_of_paragraphs();
CREATE TRIGGER search_index_a_words AFTER UPDATE ON letters_position
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_drop_words_of_positions();

DO $$
DECLARE
    source record;
BEGIN
    FOR source IN SELECT * FROM (VALUES
        ('letters_letter', 'SELECT id FROM changed'),
        ('letters_letter_meetings', 'SELECT letter_id FROM changed'),
        ('letters_submission', 'SELECT letter_id FROM changed'),
        ('letters_signatory', 'SELECT letter_id FROM changed'),
        ('letters_section', 'SELECT letter_id FROM changed'),
        ('letters_section_topics',
            'SELECT letter_id FROM changed JOIN letters_section AS section ON section.id = changed.section_id'),
        ('letters_paragraph', 'SELECT letter_id FROM changed'),
        ('letters_position', 'SELECT letter_id FROM changed'),
        ('letters_position_topics',
            'SELECT letter_id FROM changed JOIN letters_position AS said ON said.id = changed.position_id')
    ) AS sources (name, letters) LOOP
        EXECUTE format(
            'CREATE TRIGGER search_index_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS after'
            ' FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(%L)', source.name, source.letters
        );
        EXECUTE format(
            'CREATE TRIGGER search_index_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS before'
            ' FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(%L)', source.name, source.letters
        );
        EXECUTE format(
            'CREATE TRIGGER search_index_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS before NEW TABLE AS after'
            ' FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(%L)', source.name, source.letters
        );
    END LOOP;
END $$;

-- Of these, letters only notice that a row they are filed under changes.
CREATE TRIGGER search_index_update AFTER UPDATE ON letters_meeting
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(
        'SELECT letter_id FROM changed JOIN letters_letter_meetings AS treated ON treated.meeting_id = changed.id'
    );
CREATE TRIGGER search_index_update AFTER UPDATE ON letters_session
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(
        'SELECT letter_id FROM changed JOIN letters_section AS section ON section.session_id = changed.id'
    );
CREATE TRIGGER search_index_update AFTER UPDATE ON letters_topic
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION letters_index_follow(
        'SELECT passage.letter_id
         FROM after JOIN before ON before.id = after.id AND before.parent_id IS DISTINCT FROM after.parent_id
         JOIN letters_topicset AS filed ON after.id = ANY (filed.topics)
         JOIN letters_indexedpassage AS passage ON passage.topic_set_unchecked_id = filed.id'
    );

SELECT letters_index_rebuild();
