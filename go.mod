module mach

go 1.26
