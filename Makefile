.PHONY: run test check
run:
	bash run.sh
test:
	bash test.sh
check:
	bash .ci/run
