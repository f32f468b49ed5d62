"""Rows for the token formats of well-known services, each from the service's public documentation.

A format is listed when its tokens can be told by their look alone; each expression begins with the literal that marks
it, and what may not stand before it is asked behind that literal. Tokens without a mark are found by the key or the
header they stand under.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.rows import Example, Pattern, hit, miss

_TOKEN = "[token]"  # noqa: S105 - the placeholder


def _random(text: str, start: int, end: int) -> bool:
    """Tell a random string from words joined by dashes: it has digits, and letters in no word's order of case."""
    piece = text[start:end]
    digits = sum(map(str.isdigit, piece))
    return digits > 1 and not piece.replace("-", "").replace("_", "").isdigit()


def _row(name: str, mark: str, body: str, *examples: Example, check: bool = False, glued: bool = False) -> Pattern:
    """Make a row of a mark and what follows it; the mark is literal.

    No letter or digit stands before it, except where it is `glued`: the format is unmistakable without that.
    """
    return Pattern(
        name,
        f"{mark}{body}"
        if glued
        else rf"{mark}(?:(?<![A-Za-z0-9]{mark})|(?<=\\[nrt]{mark})|(?<=%[0-9A-Fa-f][0-9A-Fa-f]{mark})){body}",
        placeholder=_TOKEN,
        examples=(*(examples or ()), miss(f"the prefix {mark.replace(chr(92), '')} alone")),
        literals=(mark.replace("\\", "").lower(),),
        check=_random if check else None,
        batched=True,
    )


_END = r"(?![A-Za-z0-9])"
_A = "aB3dE5fG7hJ9kL1mN3pQ"  # twenty characters for the examples
_X = "0123456789abcdef"

TOKENS: Final = (
    _row(
        "aws",
        "A",
        rf"(?:KIA|SIA|ROA|IDA|GPA|NPA|BIA|CCA)[A-Z0-9]{{16}}{_END}",
        hit("id AKIAQWERTYUIOP123456 used", "id [token] used"),
    ),
    _row(
        "github",
        "gh",
        rf"[pousr]_[A-Za-z0-9]{{30,255}}{_END}",
        hit(f"clone with ghp_{_A}{_A[:16]}.", "clone with [token]."),
        glued=True,
    ),
    _row("github-pat", "github_pat_", rf"\w{{22,255}}{_END}", hit(f"github_pat_{_A}_{_A}", _TOKEN), glued=True),
    _row(
        "gitlab",
        "gl",
        rf"(?:pat|dt|rt|cbt|ptt|ft|imt|soat|agent|oas)-[\w.-]{{20,300}}{_END}",
        hit(f"glpat-{_A} bad", "[token] bad"),
        glued=True,
    ),
    _row(
        "slack-token",
        "xox",
        rf"[abceoprs][-.][\w.-]{{10,250}}{_END}",
        hit(f"xoxb-1234567890-{_A}", _TOKEN),
        miss("xoxo-"),
        glued=True,
    ),
    _row("slack-app", "xapp-", rf"\d-[\w-]{{20,250}}{_END}", hit(f"xapp-1-A0123-{_A}", _TOKEN)),
    _row(
        "slack-webhook",
        "hooks\\.slack\\.com/",
        r"(?:services|workflows|triggers)/([\w/-]{20,200})",
        hit(f"https://hooks.slack.com/services/T0AB/B0CD/{_A}", "https://hooks.slack.com/services/[token]"),
    ),
    Pattern(
        "stripe",
        rf"k_(?:live|test)_[A-Za-z0-9]{{10,250}}{_END}",
        placeholder=_TOKEN,
        examples=(
            hit(f"key sk_live_{_A} bad", "key [token] bad"),
            hit(f"rk_test_{_A}", _TOKEN),
            miss("task_test_something_long"),
        ),
        literals=("k_",),
        before=r"[srp](?![A-Za-z0-9])",
        batched=True,
    ),
    _row("stripe-webhook", "whsec_", rf"[A-Za-z0-9+/=]{{16,250}}{_END}", hit(f"whsec_{_A}", _TOKEN), glued=True),
    _row("google-api", "AIza", rf"[\w-]{{35}}{_END}", hit(f"AIzaSy{_A}{_A[:13]}", _TOKEN)),
    _row("google-oauth", "GOCSPX-", rf"[\w-]{{20,60}}{_END}", hit(f"GOCSPX-{_A}abc", _TOKEN), glued=True),
    _row("google-access", "ya29\\.", rf"[\w.-]{{20,500}}{_END}", hit(f"ya29.{_A}", _TOKEN)),
    _row("anthropic", "sk-ant-", rf"[\w-]{{20,250}}{_END}", hit(f"sk-ant-api03-{_A}", _TOKEN), check=True, glued=True),
    _row(
        "openai",
        "sk-",
        rf"[\w-]{{20,250}}{_END}",
        hit(f"sk-proj-{_A}", _TOKEN),
        miss("a task-list sk-learn-like-names-go-on-and-on"),
        check=True,
    ),
    _row(
        "npm",
        "npm_",
        rf"[A-Za-z0-9]{{36}}{_END}",
        hit(f"npm_{_A}{_A[:16]}", _TOKEN),
        miss("npm_config_registry"),
        glued=True,
    ),
    _row(
        "pypi",
        "pypi-",
        rf"[\w-]{{40,300}}{_END}",
        hit(f"pypi-AgEI{_A}{_A}", _TOKEN),
        miss("pypi-mirror-list"),
        check=True,
    ),
    _row("sendgrid", "SG\\.", rf"[\w-]{{16,64}}\.[\w-]{{16,64}}{_END}", hit(f"SG.{_A}.{_A}", _TOKEN)),
    _row("twilio-key", "SK", rf"[0-9a-f]{{32}}{_END}", hit(f"SK{_X}{_X}", _TOKEN)),
    _row("twilio-account", "AC", rf"[0-9a-f]{{32}}{_END}", hit(f"AC{_X}{_X}", _TOKEN)),
    _row("mailgun", "key-", rf"[0-9a-f]{{32}}{_END}", hit(f"key-{_X}{_X}", _TOKEN)),
    Pattern(
        "discord-webhook",
        r"/api/webhooks/\d{15,22}/([\w-]{40,100})",
        placeholder=_TOKEN,
        examples=(
            hit(
                f"https://discord.com/api/webhooks/123456789012345678/{_A}{_A}",
                "https://discord.com/api/webhooks/123456789012345678/[token]",
            ),
            miss("/api/webhooks/list"),
        ),
        literals=("/api/webhooks/",),
        batched=True,
    ),
    Pattern(
        "discord-bot",
        r"\.[\w-]{6}\.[\w-]{27,40}(?![\w-])",
        placeholder=_TOKEN,
        examples=(
            hit(f"login MTA{_A}0.Gx1y2z.{_A}{_A[:7]}", "login [token]"),
            miss("module.parser.a_rather_long_function_name_here"),
        ),
        literals=(".",),
        before=r"[\w-]{23,28}(?![\w-])",
        check=_random,
        batched=True,
    ),
    Pattern(
        "telegram",
        r":AA[\w-]{30,40}(?![\w-])",
        placeholder=_TOKEN,
        examples=(hit(f"bot1234567890:AA{_A}{_A[:13]}", "bot[token]"), miss("12:AAA")),
        literals=(":aa",),
        before=r"\d{8,10}(?!\d)",
        batched=True,
    ),
    _row("sentry-org", "sntrys_", rf"[\w+/=-]{{20,500}}{_END}", hit(f"sntrys_{_A}_{_A}", _TOKEN), glued=True),
    _row("sentry-user", "sntryu_", rf"[0-9a-f]{{40,80}}{_END}", hit(f"sntryu_{_X}{_X}{_X}{_X}", _TOKEN), glued=True),
    _row("digitalocean", "do", rf"[opr]_v1_[0-9a-f]{{64}}{_END}", hit(f"dop_v1_{_X * 4}", _TOKEN), glued=True),
    _row("heroku", "HRKU-", rf"[\w-]{{30,100}}{_END}", hit(f"HRKU-{_A}{_A}", _TOKEN), glued=True),
    _row(
        "hugging-face", "hf_", rf"[A-Za-z0-9]{{30,60}}{_END}", hit(f"hf_{_A}{_A[:14]}", _TOKEN), miss("hf_hub_download")
    ),
    _row("databricks", "dapi", rf"[0-9a-f]{{32}}(?:-\d)?{_END}", hit(f"dapi{_X}{_X}", _TOKEN)),
    _row("shopify", "shp", rf"(?:at|ca|pa|ss|ua)_[0-9a-fA-F]{{32}}{_END}", hit(f"shpat_{_X}{_X}", _TOKEN), glued=True),
    _row("square", "sq0", rf"(?:atp|csp|idp)-[\w-]{{22,60}}{_END}", hit(f"sq0atp-{_A}ab", _TOKEN), glued=True),
    _row("linear", "lin_api_", rf"[A-Za-z0-9]{{32,64}}{_END}", hit(f"lin_api_{_A}{_A}", _TOKEN), glued=True),
    _row("notion-old", "secret_", rf"[A-Za-z0-9]{{43}}{_END}", hit(f"secret_{_A}{_A}abc", _TOKEN), check=True),
    _row("nvidia", "nvapi-", rf"[\w-]{{60,80}}{_END}", hit(f"nvapi-{_A}{_A}{_A}", _TOKEN)),
    _row("tavily", "tvly-", rf"(?:dev-|prod-)?[A-Za-z0-9]{{32}}{_END}", hit(f"tvly-{_A}{_A[:12]}", _TOKEN)),
    _row("cerebras", "csk-", rf"[A-Za-z0-9]{{48}}{_END}", hit(f"csk-{_A}{_A}{_A[:8]}", _TOKEN)),
    _row("bedrock", "ABSK", rf"[A-Za-z0-9+/]{{100,140}}={{0,2}}{_END}", hit(f"ABSK{_A * 5}{_A[:9]}", _TOKEN)),
    _row("one-password", "ops_eyJ", rf"[\w-]{{100,1500}}{_END}", hit(f"ops_eyJ{_A * 6}", _TOKEN)),
    _row("bitbucket", "ATBB", rf"[A-Za-z0-9]{{32}}{_END}", hit(f"ATBB{_A}{_A[:12]}", _TOKEN)),
    _row("bitbucket-server", "BBDC-", rf"[\w+/-]{{40,50}}{_END}", hit(f"BBDC-{_A}{_A}", _TOKEN)),
    _row("nuget", "oy2", rf"[a-z0-9]{{43}}{_END}", hit("oy2abcdefghijklmnopqrstuvwxyz234567abcdefghijk", _TOKEN)),
    _row("jfrog-reference", "cmVmdGtuOj", rf"[A-Za-z0-9]{{50,80}}{_END}", hit(f"cmVmdGtuOj{_A * 3}", _TOKEN)),
    _row("crates", "cio", rf"[A-Za-z0-9]{{32}}{_END}", hit(f"cio{_A}{_A[:12]}", _TOKEN), check=True),
    _row(
        "swarm",
        "SWMTKN-1-",
        rf"[a-z0-9]{{40,60}}-[a-z0-9]{{20,30}}{_END}",
        hit(f"SWMTKN-1-{_X * 3}-{_X}{_X[:9]}", _TOKEN),
    ),
    _row("k3s", "K10", r"[0-9a-f]{64}::[\w:.-]{4,120}", hit(f"K10{_X * 4}::server:{_X}", _TOKEN)),
    _row("fly-macaroon", "fm2_", rf"[A-Za-z0-9+/=_-]{{80,2000}}{_END}", hit(f"fm2_{_A * 5}", _TOKEN)),
    _row("runpod", "rpa_", rf"[A-Za-z0-9]{{36,50}}{_END}", hit(f"rpa_{_A}{_A}", _TOKEN)),
    _row("posthog", "phx_", rf"[A-Za-z0-9]{{40,50}}{_END}", hit(f"phx_{_A}{_A}abc", _TOKEN)),
    _row("razorpay", "rzp_", rf"(?:live|test)_[A-Za-z0-9]{{14}}{_END}", hit(f"rzp_live_{_A[:14]}", _TOKEN)),
    _row("alibaba", "LTAI", rf"[A-Za-z0-9]{{12,24}}{_END}", hit(f"LTAI5t{_A[:18]}", _TOKEN), check=True),
    _row("tencent", "AKID", rf"[A-Za-z0-9]{{32}}{_END}", hit(f"AKID{_A}{_A[:12]}", _TOKEN), check=True),
    _row("secret-key", "sk_", rf"[A-Za-z0-9]{{32,64}}{_END}", hit(f"sk_{_A}{_A}", _TOKEN), check=True),
    _row("notion", "ntn_", rf"[A-Za-z0-9]{{40,60}}{_END}", hit(f"ntn_{_A}{_A}", _TOKEN)),
    _row("figma", "figd_", rf"[\w-]{{30,100}}{_END}", hit(f"figd_{_A}{_A}", _TOKEN)),
    _row("atlassian", "ATATT3", rf"[\w=+/-]{{30,300}}{_END}", hit(f"ATATT3xFf{_A}{_A}", _TOKEN)),
    _row("docker-hub", "dckr_pat_", rf"[\w-]{{20,60}}{_END}", hit(f"dckr_pat_{_A}", _TOKEN), glued=True),
    _row(
        "postman",
        "PMAK-",
        rf"[0-9a-f]{{24}}-[0-9a-f]{{34}}{_END}",
        hit(f"PMAK-{_X}{_X[:8]}-{_X}{_X}ab", _TOKEN),
        glued=True,
    ),
    _row("new-relic", "NRAK-", rf"[A-Z0-9]{{20,40}}{_END}", hit("NRAK-ABCDEFGHIJ0123456789ABCDEFG", _TOKEN)),
    _row(
        "grafana-service",
        "glsa_",
        rf"[A-Za-z0-9]{{32}}_[0-9a-fA-F]{{8}}{_END}",
        hit(f"glsa_{_A}{_A[:12]}_0a1b2c3d", _TOKEN),
        glued=True,
    ),
    _row("grafana-cloud", "glc_", rf"[\w+/=-]{{32,400}}{_END}", hit(f"glc_{_A}{_A}", _TOKEN)),
    _row("vault", "hvs\\.", rf"[\w-]{{24,300}}{_END}", hit(f"hvs.{_A}{_A}", _TOKEN)),
    _row("doppler", "dp\\.pt\\.", rf"[A-Za-z0-9]{{40,50}}{_END}", hit(f"dp.pt.{_A}{_A}abc", _TOKEN)),
    _row(
        "planetscale",
        "pscale_",
        rf"(?:tkn|pw|oauth)_[\w.-]{{30,64}}{_END}",
        hit(f"pscale_tkn_{_A}{_A}", _TOKEN),
        glued=True,
    ),
    _row("supabase", "sbp_", rf"[0-9a-f]{{40}}{_END}", hit(f"sbp_{_X}{_X}{_X[:8]}", _TOKEN)),
    _row("rubygems", "rubygems_", rf"[0-9a-f]{{48}}{_END}", hit(f"rubygems_{_X * 3}", _TOKEN), glued=True),
    _row("tailscale", "tskey-", rf"[\w-]{{20,100}}{_END}", hit(f"tskey-auth-{_A}", _TOKEN)),
    _row("groq", "gsk_", rf"[A-Za-z0-9]{{40,64}}{_END}", hit(f"gsk_{_A}{_A}", _TOKEN)),
    _row("replicate", "r8_", rf"[A-Za-z0-9]{{37}}{_END}", hit(f"r8_{_A}{_A[:17]}", _TOKEN)),
    _row(
        "age",
        "AGE-SECRET-KEY-1",
        rf"[A-Z0-9]{{40,64}}{_END}",
        hit("AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2, _TOKEN),
        glued=True,
    ),
    _row(
        "circleci",
        "CCIPAT_",
        rf"[A-Za-z0-9]{{10,40}}_[0-9a-f]{{40}}{_END}",
        hit(f"CCIPAT_{_A}_{_X}{_X}{_X[:8]}", _TOKEN),
    ),
    _row("buildkite", "bk", rf"(?:ua|aj|pt|ct)_[0-9a-f]{{40}}{_END}", hit(f"bkua_{_X}{_X}{_X[:8]}", _TOKEN)),
    _row("netlify", "nfp_", rf"[A-Za-z0-9]{{36,60}}{_END}", hit(f"nfp_{_A}{_A}", _TOKEN)),
    _row("fly", "fo1_", rf"[\w-]{{40,60}}{_END}", hit(f"fo1_{_A}{_A}abc", _TOKEN)),
    _row("pulumi", "pul-", rf"[0-9a-f]{{40}}{_END}", hit(f"pul-{_X}{_X}{_X[:8]}", _TOKEN)),
    _row(
        "terraform",
        "\\.atlasv1\\.",
        rf"[\w=-]{{60,80}}{_END}",
        hit(f"x.atlasv1.{_A}{_A}{_A}abcd", f"x{_TOKEN}"),
        glued=True,
    ),
    _row(
        "mapbox",
        "k\\.eyJ",
        rf"[\w-]{{20,200}}\.[\w-]{{20,60}}{_END}",
        hit(f"pk.eyJ{_A}.{_A}ab", f"p{_TOKEN}"),
        glued=True,
    ),
    _row("perplexity", "pplx-", rf"[A-Za-z0-9]{{40,60}}{_END}", hit(f"pplx-{_A}{_A}", _TOKEN)),
    _row("xai", "xai-", rf"[A-Za-z0-9]{{60,100}}{_END}", hit(f"xai-{_A}{_A}{_A}{_A}", _TOKEN)),
    _row(
        "sourcegraph", "sgp_", rf"(?:[0-9a-f]{{16}}_|local_)?[0-9a-f]{{40}}{_END}", hit(f"sgp_{_X}{_X}{_X[:8]}", _TOKEN)
    ),
    _row("sonar", "sq", rf"[pua]_[0-9a-f]{{40}}{_END}", hit(f"squ_{_X}{_X}{_X[:8]}", _TOKEN)),
    _row("typeform", "tfp_", rf"[\w.-]{{40,80}}{_END}", hit(f"tfp_{_A}{_A}", _TOKEN)),
    _row("clojars", "CLOJARS_", rf"[A-Za-z0-9]{{60}}{_END}", hit(f"CLOJARS_{_A}{_A}{_A}", _TOKEN)),
    _row("contentful", "CFPAT-", rf"[\w-]{{40,60}}{_END}", hit(f"CFPAT-{_A}{_A}abc", _TOKEN)),
    _row("easypost", "EZ", rf"[AT]K[A-Za-z0-9]{{54}}{_END}", hit(f"EZAK{_A}{_A}{_A[:14]}", _TOKEN)),
    _row(
        "flutterwave",
        "FLWSECK",
        rf"(?:_TEST)?-[A-Za-z0-9]{{12,40}}(?:-X)?{_END}",
        hit("FLWSECK_TEST-0a1b2c3d4e5f-X", _TOKEN),
    ),
    _row("brevo", "xkeysib-", rf"[0-9a-f]{{64}}-[A-Za-z0-9]{{16}}{_END}", hit(f"xkeysib-{_X * 4}-{_A[:16]}", _TOKEN)),
    _row("shippo", "shippo_", rf"(?:live|test)_[0-9a-f]{{40}}{_END}", hit(f"shippo_live_{_X}{_X}{_X[:8]}", _TOKEN)),
    _row("readme", "rdme_", rf"[a-z0-9]{{70}}{_END}", hit(f"rdme_{_X * 4}{_X[:6]}", _TOKEN)),
    _row("prefect", "pnu_", rf"[A-Za-z0-9]{{36}}{_END}", hit(f"pnu_{_A}{_A[:16]}", _TOKEN)),
    _row(
        "hubspot",
        "pat-",
        rf"(?:na|eu)\d-[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}{_END}",
        hit("pat-na1-01234567-89ab-cdef-0123-456789abcdef", _TOKEN),
    ),
    _row("airtable", "pat", rf"[A-Za-z0-9]{{14}}\.[0-9a-f]{{64}}{_END}", hit(f"pat{_A[:14]}.{_X * 4}", _TOKEN)),
    _row("dropbox", "sl\\.", rf"[\w-]{{130,1500}}{_END}", hit(f"sl.{_A * 7}", _TOKEN)),
    _row("meta", "EAA", rf"[A-Za-z0-9]{{80,300}}{_END}", hit(f"EAA{_A * 5}", _TOKEN)),
    _row("google-refresh", "1//0", rf"[\w-]{{30,200}}{_END}", hit(f"1//0{_A}{_A}", _TOKEN)),
    _row("azure-secret", "8Q~", r"[\w.~-]{31,34}(?![\w.~-])", hit(f"abc8Q~{_A}{_A[:12]}", f"abc{_TOKEN}"), glued=True),
    _row("openrouter", "sk-or-v1-", rf"[0-9a-f]{{64}}{_END}", hit(f"sk-or-v1-{_X * 4}", _TOKEN)),
    _row(
        "langsmith",
        "lsv2_",
        rf"(?:pt|sk)_[0-9a-f]{{32}}_[0-9a-f]{{10}}{_END}",
        hit(f"lsv2_pt_{_X}{_X}_{_X[:10]}", _TOKEN),
    ),
    _row(
        "newrelic-ingest",
        "NR",
        rf"(?:II|JS|SP|RA)-[\w-]{{19,40}}{_END}",
        hit("NRII-ABCDEFGHIJ0123456789ABCDEFG", _TOKEN),
    ),
    _row(
        "dynatrace",
        "dt0",
        rf"[a-z]\d\d\.[A-Z0-9]{{24}}\.[A-Z0-9]{{64}}{_END}",
        hit("dt0c01." + "ABCDEFGH01234567ABCDEFGH" + "." + "ABCDEFGH01234567" * 4, _TOKEN),
    ),
    _row("artifactory", "AKCp", rf"[A-Za-z0-9]{{60,80}}{_END}", hit(f"AKCp{_A}{_A}{_A}{_A[:9]}", _TOKEN)),
    _row(
        "vault-legacy",
        "s\\.",
        rf"[A-Za-z0-9]{{24}}{_END}",
        hit(f"id s.{_A}Rs7u", "id [token]"),
        miss("args.x"),
        check=True,
    ),
    _row("vault-batch", "hvb\\.", rf"[\w-]{{80,300}}{_END}", hit(f"hvb.{_A * 5}", _TOKEN)),
    Pattern(
        "jwt",
        r"eyJ(?:(?<![\w-]eyJ)|(?<=\\[nrt]eyJ)|(?<=%[0-9A-Fa-f]{2}eyJ))[\w-]{5,4000}\.(?:[\w-]{4,8000}|(?=\.[\w-]{8}))"
        r"(?:\.[\w-]{0,8000}){0,3}",
        placeholder=_TOKEN,
        examples=(
            hit(f"got eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.{_A} back", "got [token] back"),
            miss("eyJ is how an object in base64 begins"),
        ),
        literals=("eyj",),
        batched=True,
    ),
)
