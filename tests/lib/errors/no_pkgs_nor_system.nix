(import ../../.. { }).mkPython { requirements = "flask"; }
