package main

import (
	"os"
	"runtime/debug"
)

// What a process that reads may hold. Models and tables are 51 MB of it and stay:
// at Go's own setting garbage may be as much again, and twice what a long article
// gives. A quarter is enough; it costs 2 % of the time of ordinary articles. The
// limit is for the article that gives most, 16 MB of short statements; with what
// the program itself takes, the process stays below 300 MB.
const (
	garbagePercent = 25
	heapLimit      = 220 << 20
)

// boundMemory is for commands that read: training holds gigabytes. GOGC and
// GOMEMLIMIT go before it.
func boundMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
}
