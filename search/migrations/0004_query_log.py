"""Counted queries, and more abbreviations; those that a portal has already stay as they are."""

from django.db import migrations, models

MORE = (
    ("VC", "Viên chức"),
    ("CC", "Công chức"),
    ("CBCC", "Cán bộ, công chức"),
    ("CBCCVC", "Cán bộ, công chức, viên chức"),
    ("ATGT", "An toàn giao thông"),
    ("TNGT", "Tai nạn giao thông"),
    ("ANTT", "An ninh trật tự"),
    ("PCTT", "Phòng, chống thiên tai"),
    ("PCTN", "Phòng, chống tham nhũng"),
    ("GPMB", "Giải phóng mặt bằng"),
    ("QSDĐ", "Quyền sử dụng đất"),
    ("GCN", "Giấy chứng nhận"),
    ("HTX", "Hợp tác xã"),
    ("NSNN", "Ngân sách nhà nước"),
    ("CNTT", "Công nghệ thông tin"),
    ("CĐS", "Chuyển đổi số"),
    ("MTQG", "Mục tiêu quốc gia"),
    ("BTXH", "Bảo trợ xã hội"),
    ("NCC", "Người có công"),
    ("NLĐ", "Người lao động"),
    ("VPĐKĐĐ", "Văn phòng đăng ký đất đai"),
    ("KTXH", "Kinh tế - xã hội"),
    ("QPAN", "Quốc phòng - an ninh"),
    ("TDTT", "Thể dục thể thao"),
    ("VSATTP", "Vệ sinh an toàn thực phẩm"),
)


def more(apps, _schema_editor):
    """Short forms of everyday documents that the first list lacked."""
    abbreviation = apps.get_model("search", "Abbreviation")
    rows = [abbreviation(short=short, long=long) for short, long in MORE]
    abbreviation.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_scans")]

    operations = [
        migrations.CreateModel(
            name="QueryCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("text", models.CharField(max_length=80)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("unanswered", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "query of visitors",
                "verbose_name_plural": "queries of visitors",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "text"), name="query_count_day")
                ],
            },
        ),
        migrations.RunPython(more, migrations.RunPython.noop),
    ]
