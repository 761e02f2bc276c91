"""
Harvests an address into a whole CKAN and prints what came of it as JSON; runs in the environment of CKAN.

whole_ckan.py SETTINGS ADDRESS KIND CONFIGURATION. CKAN, its models and actions, ckanext-harvest and the harvester of
ckanext-dcat (KIND dcat_rdf) or that of other CKANs (ckan) run as they are. Only the queue between the stages is left
out: each stage is called as the queue's consumers call it.
"""

import collections
import json
import sys

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit
from ckanext.dcat.harvesters import DCATRDFHarvester
from ckanext.harvest import queue
from ckanext.harvest.harvesters import CKANHarvester
from ckanext.harvest.model import HarvestJob, HarvestObject

HARVESTERS = {"dcat_rdf": DCATRDFHarvester, "ckan": CKANHarvester}


def main(settings, address, kind, configuration):
    """Harvest once and print it."""
    app = make_app(load_config(settings))
    with app._wsgi_app.test_request_context():
        job = new_job(address, kind, configuration)
        harvester = HARVESTERS[kind]()
        for number in queue.gather_stage(harvester, job) or []:
            queue.fetch_and_import_stages(harvester, HarvestObject.get(number))
        job.status = "Finished"
        job.save()
        json.dump({**report(job), "datasets": datasets(job)}, sys.stdout)


def new_job(address, kind, configuration):
    """Return a job of the source with an address, which is made when it is new."""
    context = {"ignore_auth": True, "user": toolkit.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    listed = toolkit.get_action("harvest_source_list")(dict(context), {})
    found = [source for source in listed if source["url"] == address]
    if not found:
        name = f"aggregator-{len(listed)}"
        owner = toolkit.get_action("organization_create")(dict(context), {"name": name})["id"]
        about = {
            "name": f"plans-{len(listed)}",
            "title": "Plans",
            "url": address,
            "source_type": kind,
            "owner_org": owner,
        }
        about["config"] = configuration
        found = [toolkit.get_action("harvest_source_create")(dict(context), about)]
    made = toolkit.get_action("harvest_job_create")(dict(context), {"source_id": found[0]["id"], "run": False})
    job = HarvestJob.get(made["id"])
    job.status = "Running"
    job.save()
    return job


def report(job):
    """Return what was added, updated, deleted and refused, and why."""
    objects = model.Session.query(HarvestObject).filter_by(harvest_job_id=job.id).all()
    return {
        "outcome": collections.Counter(one.report_status for one in objects),
        "refused": [error.message for error in job.gather_errors]
        + [f"{one.guid} {error.message}" for one in objects for error in one.errors],
    }


def datasets(job):
    """Return all datasets of the source that are there, as the interface of CKAN shows them."""
    names = model.Session.query(model.Package.id).filter_by(type="dataset", state="active")
    ours = {one for (one,) in model.Session.query(HarvestObject.package_id).filter_by(harvest_source_id=job.source_id)}
    return [
        toolkit.get_action("package_show")({"ignore_auth": True}, {"id": name}) for (name,) in names if name in ours
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
