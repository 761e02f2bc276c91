# dcat-hk in a container: `docker build -t dcat-hk .`, then `docker run --rm -v "$PWD:/work" dcat-hk build plans -o output`.
# Every package comes with a hash that is checked. compose.yaml has the services of a whole site.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS wheels
WORKDIR /source
COPY requirements requirements
RUN python -m pip install --no-cache-dir --require-hashes --requirement requirements/build.txt \
    && python -m pip wheel --no-cache-dir --require-hashes --no-build-isolation --wheel-dir /wheels \
        --requirement requirements/run-time.txt
COPY pyproject.toml README.md LICENSE ./
COPY docs/dcat-hk.1 docs/
COPY shapes shapes
COPY dcat_hk dcat_hk
RUN python -m build --wheel --no-isolation --outdir /wheels .

FROM python:${PYTHON}-slim
# The folders are there, and the user's, before volumes are put over them.
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    python -m pip install --no-cache-dir --no-index --no-deps /wheels/*.whl \
    && useradd --uid 1000 --create-home dcat-hk \
    && install --directory --mode=0700 --owner=dcat-hk /cache \
    && install --directory --owner=dcat-hk /work /catalogue
ENV DCAT_HK_CACHE=/cache PYTHONUNBUFFERED=1
USER dcat-hk
WORKDIR /work
EXPOSE 8000
ENTRYPOINT ["dcat-hk"]
CMD ["--help"]
