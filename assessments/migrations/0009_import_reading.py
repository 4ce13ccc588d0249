"""A document is read by a job: where it stands, its file until then, and why it can't be read.

What is there already has been read, and stands so since it was uploaded.
"""

import django.utils.timezone
from django.db import migrations, models

import assessments.models.imports


def stand_where_they_were_uploaded(apps, schema_editor):
    documents = apps.get_model('assessments', 'DocumentImport')
    documents.objects.update(status='ready', since=models.F('created_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0008_packs'),
        ('benchmarks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='documentimport',
            name='file',
            field=models.FileField(blank=True, upload_to=assessments.models.imports.kept_as),
        ),
        migrations.AddField(
            model_name='documentimport',
            name='problem',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='documentimport',
            name='since',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='documentimport',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waiting to be read'), ('running', 'Being read'), ('ready', 'Under review'), ('failed', 'Could not be read')], default='waiting', max_length=10),
        ),
        migrations.AddField(
            model_name='documentimport',
            name='step',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name='documentimport',
            name='characters',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='documentimport',
            name='rows',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(stand_where_they_were_uploaded, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='documentimport',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'running']), ('file', ''), _connector='OR'), name='import_read_keeps_no_file'),
        ),
        migrations.AddConstraint(
            model_name='documentimport',
            constraint=models.CheckConstraint(condition=models.Q(('cycle', None), ('status', 'ready'), _connector='OR'), name='import_read_before_its_cycle'),
        ),
    ]
