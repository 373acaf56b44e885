package main

import (
	"os"
	"runtime/debug"
)

// What a process that reads may hold. At Go's own setting garbage may be as much
// again as what is in use, and twice what a long article gives. A quarter is
// enough; it costs 2 % of the time of ordinary articles.
//
// Above the limit garbage is collected at once. It is for articles of many MB:
// with the pages of the program and its models, some 50 MB, the process stays
// below 300 MB where what is kept does. News keep some nine times their bytes; a
// text of nothing but statements of three words keeps twenty, and has 291 MiB at
// the 10.5 MB up to which articles are read.
const (
	garbagePercent = 25
	heapLimit      = 220 << 20
)

// What a process that works with a record may hold: a view makes some 10 to 100
// MB that are garbage when it is given, and to collect them as they are made took
// a third of its time. The process stays below 500 MB.
const (
	recordGarbagePercent = 200
	recordHeapLimit      = 320 << 20
)

// boundMemory is for commands that read: training holds gigabytes. GOGC and
// GOMEMLIMIT go before it.
func boundMemory() { setMemory(garbagePercent, heapLimit) }

// recordMemory is for commands that work with a record.
func recordMemory() { setMemory(recordGarbagePercent, recordHeapLimit) }

func setMemory(percent int, limit int64) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}
