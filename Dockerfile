# The portal, for web, worker and beat alike. docker-compose.yml says how they run together.

FROM node:24-bookworm-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev


FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all: \
        -r requirements.lock


FROM python:3.11-slim-bookworm AS portal
COPY apt.txt /tmp/apt.txt
# The lines of apt.txt that begin with "run".
RUN apt-get update \
    && awk '$1 == "run" { print $2 }' /tmp/apt.txt \
        | xargs apt-get install -y --no-install-recommends \
    && rm -rf /var/lib/apt/lists/* /tmp/apt.txt \
    && useradd --system --create-home --uid 10001 portal
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/srv/portal/var
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /assets/node_modules ./node_modules
# The key signs nothing: it is there so that no key is made and left in the image.
RUN SECRET_KEY=only-while-the-image-is-built python manage.py collectstatic --noinput \
    && mkdir -p var/mail \
    && chown portal var var/mail
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "safeguarding/setup/probe.py"]
CMD ["gunicorn", "safeguarding.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-", "--access-logformat", "%(h)s %(t)s %(m)s %(U)s %(s)s %(b)s %(L)s"]
