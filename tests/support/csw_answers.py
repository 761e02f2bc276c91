"""Answers of a catalogue service, made as the standards of metadata have them."""

from xml.sax.saxutils import escape

NAMES = (
    'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:gmd="http://www.isotc211.org/2005/gmd" '
    'xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dct="http://purl.org/dc/terms/"'
)


def make_answer(records, matched=None):
    """Return an answer of GetRecords."""
    inner = "".join(records)
    count = len(records) if matched is None else matched
    attributes = f'numberOfRecordsMatched="{count}" numberOfRecordsReturned="{len(records)}"'
    results = f"<csw:SearchResults {attributes}>{inner}</csw:SearchResults>"
    return f"<csw:GetRecordsResponse {NAMES}>{results}</csw:GetRecordsResponse>"


def string(text):
    """Return a text of ISO 19139."""
    return f"<gco:CharacterString>{escape(text)}</gco:CharacterString>"


def free_text(text, others):
    """Return a text with its translations, by the name of their locale."""
    groups = "".join(
        f'<gmd:textGroup><gmd:LocalisedCharacterString locale="#{name}">{escape(other)}</gmd:LocalisedCharacterString>'
        "</gmd:textGroup>"
        for name, other in others.items()
    )
    return f"{string(text)}<gmd:PT_FreeText>{groups}</gmd:PT_FreeText>"


def make_iso_record(
    identifier, title="Piers", others=None, box=(113.8, 22.1, 114.5, 22.6), link="https://a.example/wfs"
):
    """Return a record in ISO 19139."""
    sides = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    inner = "".join(
        f"<gmd:{side}><gco:Decimal>{one}</gco:Decimal></gmd:{side}>" for side, one in zip(sides, box, strict=True)
    )
    locales = "".join(
        f'<gmd:locale><gmd:PT_Locale id="{name}"><gmd:languageCode><gmd:LanguageCode codeListValue="chi"/>'
        "</gmd:languageCode></gmd:PT_Locale></gmd:locale>"
        for name in others or {}
    )
    return f"""<gmd:MD_Metadata>
      <gmd:fileIdentifier>{string(identifier)}</gmd:fileIdentifier>
      <gmd:language><gmd:LanguageCode codeListValue="eng"/></gmd:language>
      <gmd:contact><gmd:CI_ResponsibleParty><gmd:organisationName>{string("Lands Department")}</gmd:organisationName>
        <gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address><gmd:electronicMailAddress>
        {string("a@lands.example")}</gmd:electronicMailAddress></gmd:CI_Address></gmd:address></gmd:CI_Contact>
        </gmd:contactInfo></gmd:CI_ResponsibleParty></gmd:contact>
      <gmd:dateStamp><gco:Date>2025-03-04</gco:Date></gmd:dateStamp>{locales}
      <gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier>
        <gmd:code>{string("EPSG:2326")}</gmd:code></gmd:RS_Identifier></gmd:referenceSystemIdentifier>
      </gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
      <gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>
        <gmd:title>{free_text(title, others or {})}</gmd:title></gmd:CI_Citation></gmd:citation>
        <gmd:abstract>{string("Where piers are")}</gmd:abstract>
        <gmd:resourceMaintenance><gmd:MD_MaintenanceInformation><gmd:maintenanceAndUpdateFrequency>
        <gmd:MD_MaintenanceFrequencyCode codeListValue="annually"/></gmd:maintenanceAndUpdateFrequency>
        </gmd:MD_MaintenanceInformation></gmd:resourceMaintenance>
        <gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>{inner}
        </gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>
      </gmd:MD_DataIdentification></gmd:identificationInfo>
      <gmd:distributionInfo><gmd:MD_Distribution><gmd:distributionFormat><gmd:MD_Format><gmd:name>{string("gml")}
        </gmd:name></gmd:MD_Format></gmd:distributionFormat><gmd:transferOptions><gmd:MD_DigitalTransferOptions>
        <gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{escape(link)}</gmd:URL></gmd:linkage>
        <gmd:protocol>{string("OGC:WFS")}</gmd:protocol><gmd:name>{string("Features")}</gmd:name>
        </gmd:CI_OnlineResource></gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions>
      </gmd:MD_Distribution></gmd:distributionInfo></gmd:MD_Metadata>"""
