import time

from django.db import connection

from letters import decisions
from letters.ingest import Upload, ingest, read_again
from letters.models import CorpusVersion
from letters.topic_list import load_topics
from tests.bench.letters import write_letters


def test_x(transactional_db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "o"
    load_topics()
    files = write_letters(tmp_path / "l", 60)
    with connection.cursor() as c:
        c.execute("SET track_functions = 'all'")
        c.execute("SELECT pg_stat_reset()")
    t = time.time()
    reports = []
    per = []
    for f in files[:10]:
        ingest([Upload(f.name, f.read_bytes())])
    v = CorpusVersion.current()
    from django.db import connection as cn

    n = 0
    dbtime = [0.0]

    def wrap(execute, sql, params, many, context):
        t = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            dbtime[0] += time.perf_counter() - t

    with cn.execute_wrapper(wrap):
        for f in files[10:]:
            t = time.perf_counter()
            reports.append(ingest([Upload(f.name, f.read_bytes())]))
            per.append(time.perf_counter() - t)
    print("ingest", sum(per), sorted(per)[len(per) // 2], "db", dbtime[0])
    print("same version", v == CorpusVersion.current())
    with connection.cursor() as c:
        c.execute("select pg_stat_force_next_flush()")
        c.execute("select pg_stat_clear_snapshot()")
        c.execute(
            "SELECT funcname, calls, round(total_time::numeric,1) FROM pg_stat_user_functions ORDER BY total_time DESC"
        )
        rows = c.fetchall()
        for r in rows:
            print(r)
        print("news total ms", sum(r[2] for r in rows if r[0].endswith("_is_news")))
        c.execute("select count(*) from letters_corpusversion")
        print(c.fetchall())
    t = time.perf_counter()
    for r in reports[:10]:
        read_again(r.letter.text_edition)
    print("again", time.perf_counter() - t, "same", v == CorpusVersion.current())
    pub = []
    for r in reports[:20]:
        t = time.perf_counter()
        try:
            decisions.publish(r.letter, by=None)
        except decisions.Refused as e:
            print(e)
            continue
        pub.append(time.perf_counter() - t)
    print("publish", sum(pub) / len(pub), len(pub), v != CorpusVersion.current())
    v = CorpusVersion.current()
    t = time.perf_counter()
    for r in reports[:10]:
        r.letter.refresh_from_db()
        read_again(r.letter.text_edition)
        if v != CorpusVersion.current():
            print("CHANGED by read_again", r.letter.slug)
            v = CorpusVersion.current()
    print("again public", time.perf_counter() - t)
    load_topics()
    print("topics again same", v == CorpusVersion.current())
    assert 0
