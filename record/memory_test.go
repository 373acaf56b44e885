package record_test

import (
	"testing"

	"readout/record"
	"readout/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, func(*testing.T) record.Store { return record.NewMemory() })
}
