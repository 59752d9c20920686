import diary.models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0001_the_diary'),
    ]

    operations = [
        migrations.AlterField(
            model_name='visit',
            name='frozen',
            field=diary.models.JsonAsWritten(blank=True, null=True),
        ),
    ]
