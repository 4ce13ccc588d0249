"""Settings, all read from environment variables: docs/deployment.md lists them.

A missing or malformed variable stops the process at start-up with its name.
"""

from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF

from prevent_toolkit.environment import (
    address,
    data_dir,
    database,
    email,
    hosts,
    kept_secret_key,
    one_of,
    origins,
    secret_key,
    setting,
    site_url,
    whole_number,
    yes_or_no,
)

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = setting("ENVIRONMENT", one_of("production", "demo", "development"), "production")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = ENVIRONMENT == "development"

DATA_DIR = setting("DATA_DIR", data_dir, str(BASE_DIR / "var"))
SQLITE_FILE = quote(str(DATA_DIR / "prevent-toolkit.sqlite3"))
DATABASES = {"default": setting("DATABASE_URL", database, f"sqlite:///{SQLITE_FILE}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = setting("SECRET_KEY", secret_key, None if PRODUCTION else kept_secret_key(DATA_DIR))
ALLOWED_HOSTS = setting("ALLOWED_HOSTS", hosts, None if PRODUCTION else "localhost,127.0.0.1,[::1]")
SITE_URL = setting("SITE_URL", site_url, None if PRODUCTION else "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = setting("CSRF_TRUSTED_ORIGINS", origins, "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "benchmarks",
    "assessments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "prevent_toolkit.urls"
WSGI_APPLICATION = "prevent_toolkit.wsgi.application"
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
                "assessments.access.in_templates",
                "assessments.unsent.in_templates",
                *(["assessments.demo.on_screen.in_templates"] if ENVIRONMENT == "demo" else []),
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# Sign-in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "assessments.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "assessments.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # django-axes counts failed sign-ins instead
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hour
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "prevent_toolkit.proxy.client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = setting("SESSION_HOURS", whole_number(1, 24 * 30), "12") * 3600

# Transport and browser ----------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if setting("BEHIND_PROXY", yes_or_no, "no"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "frame-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns about a missing folder at every start
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a question page may hold many long texts
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Jobs, mail, language, logs -----------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

vars().update(setting("EMAIL_URL", email, None if PRODUCTION else "consolemail://"))
EMAIL_TIMEOUT = 20  # seconds: a job must not hang on a silent mail server
DEFAULT_FROM_EMAIL = setting(
    "DEFAULT_FROM_EMAIL", address, None if PRODUCTION else "prevent-toolkit@localhost"
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Council text must not reach a log: see prevent_toolkit/logs.py.
LOG_LEVEL = setting("LOG_LEVEL", one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "logging.Formatter" if DEBUG else "prevent_toolkit.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        # The job worker sets a level of its own on what it logs: this one holds for it too.
        "console": {"class": "logging.StreamHandler", "formatter": "line", "level": LOG_LEVEL},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would print each line twice and mail whole requests to ADMINS.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "django.db.backends": {"level": "INFO"},  # DEBUG prints every statement with its values
        "fontTools": {"level": "ERROR"},  # tells every step, for each font of each PDF
        "weasyprint": {"level": "CRITICAL"},  # its warnings quote the text it prints
    },
}
