"""One settings file. Everything that differs between machines comes from the environment.

| variable | meaning | default |
| --- | --- | --- |
| PORTAL_ENV | development or production | development |
| SECRET_KEY | signing key; required in production | made once in VAR_DIR |
| ALLOWED_HOSTS | host names, separated by commas; required in production | this machine |
| PORTAL_URL | where links in e-mails begin | https:// and the first of ALLOWED_HOSTS |
| DATABASE_URL | postgres://…; required in production | SQLite in VAR_DIR |
| REDIS_URL | redis://…: Celery's broker | none: `manage.py work` runs the jobs |
| REDIS_PREFIX | what the portal's keys in Redis begin with | safeguarding: |
| EMAIL_HOST | the mail server | none: e-mails are written to VAR_DIR/mail |
| EMAIL_PORT | the mail server's port | 587 |
| EMAIL_HOST_USER, EMAIL_HOST_PASSWORD | who the portal is to the mail server | nobody |
| EMAIL_USE_TLS | 1 asks the mail server for STARTTLS | 1 |
| DEFAULT_FROM_EMAIL | the sender of the portal's e-mails | no-reply@portal.invalid |
| TRUSTED_PROXIES | how many proxies stand before the portal, for limits by address | 0 |
| VAR_DIR | everything the portal writes | var/ |
| DEBUG | 1 shows Django's own error pages; refused in production | 0 |
"""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from safeguarding import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))
PRODUCTION = environment.choice("PORTAL_ENV", "development", ("development", "production")) == (
    "production"
)
DEBUG = environment.flag("DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG is on in production. Unset DEBUG or set it to 0.")


def _development_key(path: Path) -> str:
    """A key made once and kept, so that sessions outlive a restart of the demo."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = (
    environment.required("SECRET_KEY", "Set it to 50 or more random characters.")
    if PRODUCTION
    else environment.text("SECRET_KEY", "") or _development_key(VAR_DIR / "secret-key")
)
if PRODUCTION:
    environment.required("ALLOWED_HOSTS", "Set it to the portal's host name.")
    environment.required("DATABASE_URL", "Set it to postgres://USER:PASSWORD@HOST:PORT/NAME.")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# E-mails that no request asks for lead there, too.
PORTAL_URL = environment.text(
    "PORTAL_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://localhost:8000",
).rstrip("/")

INSTALLED_APPS = [
    "safeguarding.apps.SafeguardingConfig",
    "reports",
    "reviews",
    "metrics",
    "partnerships",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safeguarding.caching.asked_for_anew",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "safeguarding.refused.without_nul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "safeguarding.urls"
WSGI_APPLICATION = "safeguarding.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnerships.context.frame",
            ],
        },
    },
]

# Storage

DATABASES = {"default": environment.database("DATABASE_URL", VAR_DIR / "portal.sqlite3")}
_database: dict[str, Any] = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        # Writers queue at the start of a transaction instead of failing in its middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # pytest-xdist and the browser's server thread share one file, not one memory.
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {"connect_timeout": 5}
    _database["TEST"] = {"NAME": f"test_{_database['NAME']}"}
# Opening one costs SQLite 5 ms too: it reads the schema anew.
_database["CONN_MAX_AGE"] = 60

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold across processes and machines, and must not wait on a broker: they
# are counted in the database (docs/decisions).
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Django's own 300 would let a flood of attempts push out what others were counted.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# People

AUTH_USER_MODEL = "partnerships.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "partnerships.accounts.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# Behind proxies everybody would seem to come from one address, and close it for all.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 0, least=0, most=5)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address without an account gets no e-mail
ACCOUNT_FORMS = {
    "login": "partnerships.account_forms.SignInForm",
    "change_password": "partnerships.account_forms.ChangePasswordForm",
    "reset_password": "partnerships.account_forms.ResetPasswordForm",
    "reset_password_from_key": "partnerships.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "partnerships.account_forms.ReauthenticateForm",
}
MFA_ADAPTER = "partnerships.accounts.SecondFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by administrators, not by sign-up
MFA_FORMS = {
    "authenticate": "partnerships.account_forms.CodeForm",
    "reauthenticate": "partnerships.account_forms.CodeAgainForm",
    "activate_totp": "partnerships.account_forms.ActivateAppForm",
    "deactivate_totp": "partnerships.account_forms.DeactivateAppForm",
    "generate_recovery_codes": "partnerships.account_forms.RecoveryCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Safeguarding partnership reporting"

SESSION_COOKIE_AGE = 60 * 60 * 8  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "safeguarding.views.csrf_failure"

# Transport and browser

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked by the container's own health check
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is for the owner of the domain to ask for
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # Plotly's image download makes a blob
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
UPLOAD_MAX_BYTES = 5 * 1024 * 1024  # of a file
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES  # of the rest of a form
# A return of 500 figures is one form with up to nine fields a figure.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "safeguarding.uploads.WithinTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Static files: our own, and third-party assets that npm installs at set-up

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "safeguarding.assets.NpmFinder",
]
NPM_ASSETS = {  # name on the page: file in node_modules
    "govuk-frontend/govuk-frontend.min.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "govuk-frontend/govuk-frontend.min.css.map": (
        "govuk-frontend/dist/govuk/govuk-frontend.min.css.map"
    ),
    "govuk-frontend/govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "plotly/plotly-basic.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "safeguarding.assets.PortalStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

# Forms

FORM_RENDERER = "partnerships.inputs.Inputs"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"

# Words and dates

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# E-mail is written to files until a deployment names a server.
EMAIL_HOST = environment.text("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_PORT = environment.number("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "no-reply@portal.invalid")

# Background work

REDIS_URL = environment.redis("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # one format, and one rule of what is logged
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50  # a long report's memory goes back to the machine
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlives a broker that is away for long
CELERY_TASK_PUBLISH_RETRY = False  # a message that is not taken is sent again by the sweep
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    # Only tidies up: the sweep gives a dead worker's job to another one after its lease, and
    # a message that comes a second time finds its job taken.
    "visibility_timeout": 3600,
    "global_keyprefix": environment.text("REDIS_PREFIX", "safeguarding:"),
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "partnerships.sweep",
        "schedule": 15.0,
        # While no worker runs, beat's messages would pile up; a sweep this old has followers.
        "options": {"expires": 300},
    },
    # Whether the day's own work is due; what has been asked for today is not asked for again.
    "daily": {"task": "partnerships.daily", "schedule": 60.0, "options": {"expires": 50}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "safeguarding.logs.WithoutValues",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # They tell every step of every page.
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "pikepdf", "fontTools")},
}
