(import ../../../lib).mkPython { requirements = "flask"; }
