"""An installation's settings."""

from pathlib import Path

import pytest

from sop_dash.settings import (
    SETTINGS,
    SettingsError,
    assets_folder,
    default_home,
    read_settings,
)


def test_an_empty_home_gives_a_safe_installation(tmp_path):
    settings = read_settings(tmp_path, environment={})
    assert (settings.host, settings.port, settings.login_mode) == ("127.0.0.1", 8050, "local")
    assert settings.database_url == f"sqlite:///{tmp_path.as_posix()}/sop.db"
    assert settings.trusted_hosts == ("127.0.0.1", "localhost")
    assert (settings.upload_megabytes, settings.request_megabytes) == (20, 30)


def test_reading_settings_creates_nothing(tmp_path):
    read_settings(tmp_path / "new", environment={})
    assert not (tmp_path / "new").exists()


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(tmp_path):
    (tmp_path / "sop.toml").write_text("port = 9001\njobs = 'diskcache'\n", encoding="utf-8")
    assert read_settings(tmp_path, environment={}).port == 9001
    assert read_settings(tmp_path, environment={"SOP_PORT": "9002"}).port == 9002
    assert (
        read_settings(tmp_path, environment={"SOP_PORT": "9002"}, overrides={"port": 9003, "host": None}).port == 9003
    )


def test_sections_of_the_file_are_dotted_names(tmp_path):
    (tmp_path / "sop.toml").write_text(
        '[database]\nurl = "postgresql+psycopg://plan@db/plan"\n[upload]\nmegabytes = 5\n', encoding="utf-8"
    )
    settings = read_settings(tmp_path, environment={})
    assert settings.database_url == "postgresql+psycopg://plan@db/plan"
    assert settings.upload_megabytes == 5


@pytest.mark.parametrize(
    "text,expected",
    [
        ("port = 70000", "port = 70000 in sop.toml cannot be used: it must be a whole number from 0 to 65,535."),
        ("port = 80.5", "port = 80.5 in sop.toml cannot be used: it must be a whole number from 0 to 65,535."),
        ("port = true", "port = True in sop.toml cannot be used: it must be a whole number from 0 to 65,535."),
        ("login.mode = 'users'", "login.mode = 'users' in sop.toml cannot be used: it must be local."),
        ("jobs = 'celery'", "jobs = 'celery' in sop.toml cannot be used: it must be diskcache."),
        ("trusted_hosts = []", "trusted_hosts = [] in sop.toml cannot be used: it must be a list of host names"),
        ("[database]\nurl = 'plans.db'", "it must start with sqlite:/// or postgresql+psycopg://."),
        ("prot = 8051", "There is no setting named 'prot'"),
        ("port: 8051", "sop.toml in the home folder is not valid TOML"),
        ("upload.megabytes = 40", "set request.megabytes to at least 54."),  # 40 MB grow by a third to 53.3
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence_that_names_it(tmp_path, text, expected):
    (tmp_path / "sop.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refusal:
        read_settings(tmp_path, environment={})
    assert expected in str(refusal.value)
    assert "\n" not in str(refusal.value).strip()


def test_a_wrong_variable_is_named_as_the_place(tmp_path):
    with pytest.raises(SettingsError, match=r"in the environment \(SOP_PORT\) cannot be used"):
        read_settings(tmp_path, environment={"SOP_PORT": "eighty"})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "plan.example.com"])
def test_without_logins_nobody_else_can_be_let_in(tmp_path, host):
    with pytest.raises(SettingsError, match="listens on this machine only"):
        read_settings(tmp_path, environment={}, overrides={"host": host})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.0.1"])
def test_this_machine_may_be_named_in_several_ways(tmp_path, host):
    assert read_settings(tmp_path, environment={"SOP_HOST": host}).host == host


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "sop.toml").write_bytes(b"\xff\xfe\x00port")
    with pytest.raises(SettingsError, match="cannot be read as UTF-8"):
        read_settings(tmp_path, environment={})


@pytest.mark.parametrize(
    "platform,environment,expected",
    [
        ("linux", {"SOP_HOME": "/srv/plan"}, Path("/srv/plan")),
        ("linux", {"XDG_DATA_HOME": "/data"}, Path("/data/sop-dash")),
        ("linux", {}, Path.home() / ".local/share/sop-dash"),
        ("darwin", {}, Path.home() / "Library/Application Support/sop-dash"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/sop-dash")),
    ],
)
def test_the_home_is_where_the_system_keeps_user_data(platform, environment, expected):
    assert default_home(environment, platform) == expected


def test_every_setting_can_come_from_the_environment(tmp_path):
    for setting in SETTINGS:
        text = setting.default.replace("{home}", "/elsewhere")
        settings = read_settings(tmp_path, environment={setting.variable: text})
        assert getattr(settings, setting.field) == setting.read(text)


def test_styles_are_found():
    assert (assets_folder() / "00-bootstrap.min.css").is_file()
