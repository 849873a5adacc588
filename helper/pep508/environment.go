package pep508

// Environment holds the marker variables of a target (PEP 508); their JSON names are the
// variables' own.
type Environment struct {
	ImplementationName           string `json:"implementation_name"`
	ImplementationVersion        string `json:"implementation_version"`
	OSName                       string `json:"os_name"`
	PlatformMachine              string `json:"platform_machine"`
	PlatformPythonImplementation string `json:"platform_python_implementation"`
	PlatformRelease              string `json:"platform_release"`
	PlatformSystem               string `json:"platform_system"`
	PlatformVersion              string `json:"platform_version"`
	PythonFullVersion            string `json:"python_full_version"`
	PythonVersion                string `json:"python_version"`
	SysPlatform                  string `json:"sys_platform"`
}

// variable is a name that a marker may ask for; zero is a quoted text.
type variable uint8

const (
	text variable = iota
	implementationName
	implementationVersion
	osName
	platformMachine
	platformPythonImplementation
	platformRelease
	platformSystem
	platformVersion
	pythonFullVersion
	pythonVersion
	sysPlatform
	extra
	extras
	dependencyGroups
)

// variableOf gives the variable that s names, or text.
func variableOf(s string) variable {
	switch s {
	case "extra":
		return extra
	case "python_version":
		return pythonVersion
	case "sys_platform", "sys.platform":
		return sysPlatform
	case "platform_system":
		return platformSystem
	case "python_full_version":
		return pythonFullVersion
	case "platform_python_implementation", "platform.python_implementation", "python_implementation":
		return platformPythonImplementation
	case "implementation_name":
		return implementationName
	case "implementation_version":
		return implementationVersion
	case "os_name", "os.name":
		return osName
	case "platform_machine", "platform.machine":
		return platformMachine
	case "platform_release":
		return platformRelease
	case "platform_version", "platform.version":
		return platformVersion
	case "extras":
		return extras
	case "dependency_groups":
		return dependencyGroups
	}
	return text
}

// String gives the name of the variable as today's standard has it.
func (v variable) String() string {
	return [...]string{
		"", "implementation_name", "implementation_version", "os_name", "platform_machine",
		"platform_python_implementation", "platform_release", "platform_system", "platform_version",
		"python_full_version", "python_version", "sys_platform", "extra", "extras", "dependency_groups",
	}[v]
}

// isVersion says whether values of the variable are compared as versions where they are some.
func (v variable) isVersion() bool {
	switch v {
	case implementationVersion, platformRelease, pythonFullVersion, pythonVersion:
		return true
	}
	return false
}

// isSet says whether the variable holds a set, of which a marker may only ask for members.
func (v variable) isSet() bool { return v == extras || v == dependencyGroups }

func (e *Environment) value(v variable) string {
	switch v {
	case implementationName:
		return e.ImplementationName
	case implementationVersion:
		return e.ImplementationVersion
	case osName:
		return e.OSName
	case platformMachine:
		return e.PlatformMachine
	case platformPythonImplementation:
		return e.PlatformPythonImplementation
	case platformRelease:
		return e.PlatformRelease
	case platformSystem:
		return e.PlatformSystem
	case platformVersion:
		return e.PlatformVersion
	case pythonFullVersion:
		return e.PythonFullVersion
	case pythonVersion:
		return e.PythonVersion
	case sysPlatform:
		return e.SysPlatform
	}
	return ""
}
