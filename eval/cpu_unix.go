//go:build unix

package eval

import (
	"syscall"
	"time"
)

// cpuTime is the time that processors have spent on this process; of a busy
// machine it tells more than the clock.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
