# Short names; python3 go.py does the work.
.PHONY: demo test check bench messages lock

demo test check bench messages:
	python3 go.py $@

# Pin again, keeping the versions that requirements/*.txt name where they still fit.
lock:
	for name in run test node; do \
	  .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	    --no-header --annotation-style line --python-version 3.11 \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
