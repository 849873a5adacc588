# The scope: every function by the name of its file. A file is a function of the scope, so that it takes what it
# needs by name and nothing else; nixpkgs comes with the arguments (`pkgs`), never from here.
let
  scope = {
    arguments = import ./arguments.nix scope;
    argumentTable = import ./argumentTable.nix scope;
    askedOf = import ./askedOf.nix scope;
    attempt = import ./attempt.nix scope;
    attributeOperation = import ./attributeOperation.nix scope;
    attributeParts = import ./attributeParts.nix scope;
    attributeTypes = import ./attributeTypes.nix scope;
    attrName = import ./attrName.nix scope;
    buildPackages = import ./buildPackages.nix scope;
    buildProject = import ./buildProject.nix scope;
    buildPythonApplication = import ./buildPythonApplication.nix scope;
    buildPythonPackage = import ./buildPythonPackage.nix scope;
    buildTools = import ./buildTools.nix scope;
    buildWheel = import ./buildWheel.nix scope;
    byProject = import ./byProject.nix scope;
    changedAttribute = import ./changedAttribute.nix scope;
    direct = import ./direct.nix scope;
    directoryName = import ./directoryName.nix scope;
    editable = import ./editable.nix scope;
    environment = import ./environment.nix scope;
    environmentFor = import ./environmentFor.nix scope;
    extendPython = import ./extendPython.nix scope;
    extraPackages = import ./extraPackages.nix scope;
    facts = import ./facts.nix scope;
    factsFor = import ./factsFor.nix scope;
    fail = import ./fail.nix scope;
    fileType = import ./fileType.nix scope;
    fetchPypiSdist = import ./fetchPypiSdist.nix scope;
    fetchPypiWheel = import ./fetchPypiWheel.nix scope;
    fixes = import ./fixes.nix scope;
    forPkgs = import ./forPkgs.nix scope;
    functionsFor = import ./functionsFor.nix scope;
    helper = import ./helper.nix scope;
    installWheel = import ./installWheel.nix scope;
    interpreter = import ./interpreter.nix scope;
    interpreterAttr = import ./interpreterAttr.nix scope;
    isSource = import ./isSource.nix scope;
    knownArguments = import ./knownArguments.nix scope;
    legacyArguments = import ./legacyArguments.nix scope;
    legacyFunctions = import ./legacyFunctions.nix scope;
    legacyTable = import ./legacyTable.nix scope;
    lockAttrs = import ./lockAttrs.nix scope;
    lockedProject = import ./lockedProject.nix scope;
    lockedProviders = import ./lockedProviders.nix scope;
    lockFor = import ./lockFor.nix scope;
    manylinux = import ./manylinux.nix scope;
    markerHolds = import ./markerHolds.nix scope;
    mkDockerImage = import ./mkDockerImage.nix scope;
    mkNixpkgs = import ./mkNixpkgs.nix scope;
    mkOverlay = import ./mkOverlay.nix scope;
    mkPython = import ./mkPython.nix scope;
    mkPythonOverrides = import ./mkPythonOverrides.nix scope;
    mkPythonShell = import ./mkPythonShell.nix scope;
    nameSet = import ./nameSet.nix scope;
    nativeInputs = import ./nativeInputs.nix scope;
    near = import ./near.nix scope;
    nixosModule = import ./nixosModule.nix scope;
    nixpkgs = import ./nixpkgs.nix scope;
    normalizeName = import ./normalizeName.nix scope;
    onlyArguments = import ./onlyArguments.nix scope;
    origin = import ./origin.nix scope;
    otherFile = import ./otherFile.nix scope;
    otherLock = import ./otherLock.nix scope;
    overlay = import ./overlay.nix scope;
    overlayFor = import ./overlayFor.nix scope;
    ownArguments = import ./ownArguments.nix scope;
    ownPackage = import ./ownPackage.nix scope;
    overridable = import ./overridable.nix scope;
    packages = import ./packages.nix scope;
    packagesExtra = import ./packagesExtra.nix scope;
    patchWheel = import ./patchWheel.nix scope;
    pool = import ./pool.nix scope;
    presentFile = import ./presentFile.nix scope;
    project = import ./project.nix scope;
    projectName = import ./projectName.nix scope;
    projectSource = import ./projectSource.nix scope;
    provide = import ./provide.nix scope;
    providerOrders = import ./providerOrders.nix scope;
    providers = import ./providers.nix scope;
    pypiFile = import ./pypiFile.nix scope;
    pyproject = import ./pyproject.nix scope;
    pythonWith = import ./pythonWith.nix scope;
    readLock = import ./readLock.nix scope;
    relock = import ./relock.nix scope;
    remoteDatabase = import ./remoteDatabase.nix scope;
    repository = import ./repository.nix scope;
    requirementKeys = import ./requirementKeys.nix scope;
    requirementNames = import ./requirementNames.nix scope;
    requirementsOf = import ./requirementsOf.nix scope;
    resolve = import ./resolve.nix scope;
    sdist = import ./sdist.nix scope;
    select = import ./select.nix scope;
    simpleOverrides = import ./simpleOverrides.nix scope;
    source = import ./source.nix scope;
    typeWords = import ./typeWords.nix scope;
    unpackedSource = import ./unpackedSource.nix scope;
    userPath = import ./userPath.nix scope;
    variants = import ./variants.nix scope;
    tested = import ./tested.nix scope;
    standardLock = import ./standardLock.nix scope;
    testPhase = import ./testPhase.nix scope;
    wheel = import ./wheel.nix scope;
    wheelRank = import ./wheelRank.nix scope;
    withTests = import ./withTests.nix scope;

    # What users call; an entry point fills in `pkgs` where it has one.
    api = {
      inherit (scope)
        buildPythonApplication
        buildPythonPackage
        environment
        facts
        fetchPypiSdist
        fetchPypiWheel
        helper
        mkDockerImage
        mkNixpkgs
        mkOverlay
        mkPython
        mkPythonOverrides
        mkPythonShell
        pythonWith
        ;
    };
  };
in
scope
