"""Reading back the code a notice's PDF bears."""

import pypdfium2

from village_ledger.domain.errors import BadInput


def pdf_subject(content: bytes) -> str:
    """The subject of a PDF, where the notice's code is written. Raises BadInput for a file that is none."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise BadInput("这个 PDF 文件已损坏，读不出来") from error
    try:
        return str(document.get_metadata_value("Subject"))
    finally:
        document.close()
