export const connectorForm = {
  catalogue: "New connector",
  catalogueHelp: "Choose what to read from or write to.",
  noneFits: "No type matches.",
  kinds: { source: "Source: brings records into topics", sink: "Sink: takes records out of topics" },
  allKinds: "All kinds",
  sources: "Sources",
  sinks: "Sinks",
  rules: "Rules",
  rule: "Rule",
  ruleWhat:
    "Sends the records of some topics that meet a condition to another topic, changed if you like.",

  createTitle: (title: string) => `New connector: ${title}`,
  editTitle: (name: string) => `Edit ${name}`,
  basics: "What flows where",
  options: "Options",
  more: "Retries, dead letters, tasks",
  name: "Name",
  nameHelp: "What the connector is called; it can’t be changed later.",
  nameWrong: "Lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit.",
  topic: "Topic",
  topicHelp: "Where records go. Names in braces are filled in for each record, as in shop.{table}.",
  from: "From",
  to: "To",
  toHelp: "The topic that the rule writes to.",
  ruleInYaml:
    "A condition ('when'), and what replaces key and value, are written in the YAML, as in when: {jq: \".total > 9\"}.",
  topics: "Topics",
  topicsHelp: "What is read, in any number.",
  key: "Key",
  keyHelp: "What becomes the records’ key, such as {mqtt.topic}. Without it they keep their own.",
  delivery: "Delivery",
  deliveryHelp: "How often a record arrives when something fails.",
  tasks: "Tasks",
  tasksHelp: "How many share the work.",
  valueFormat: "Format of values",
  valueFormatHelp: "How values are read; what is not of the format is set aside.",
  retries: "Retries",
  retriesHelp: "How often a record that is refused is tried again.",
  then: "Then",
  thenHelp: "What becomes of a record that is still refused.",
  deadLetterTopic: "Dead-letter topic",
  deadLetterTopicHelp: "Where records go that are set aside.",
  backoff: "First pause",
  backoffHelp: "How long to wait before trying again; doubles each time.",
  maxBackoff: "Longest pause",
  maxBackoffHelp: "No pause is longer than this.",
  transforms: (count: number) =>
    count === 0
      ? "Transforms can be written in the YAML, under 'transforms'."
      : `${count} transform${count === 1 ? "" : "s"}: change them in the YAML, under 'transforms'.`,

  byDefault: (value: string) => `${value} unless set`,
  forExample: (value: string) => `such as ${value}`,
  unset: "unless set",
  yes: "Yes",
  no: "No",
  kept: "A secret is kept. It is not shown.",
  replace: "Replace",
  keep: "Keep the old one",
  add: "Add",
  remove: (name: string) => `Remove ${name}`,
  entryName: (index: number) => `Name ${index}`,
  entryTaken: "Another entry has this name.",
  entryValue: (name: string) => `Value of ${name}`,
  listHelp: "Press Enter after each.",
  inYaml: "Not set; it can only be set in the YAML.",
  isInYaml: "This is set; change it in the YAML.",
  useExample: "Begin with an example",

  yaml: "YAML",
  yamlHelp: "The same as it would stand in a configuration file. Change it here or in the form.",
  yamlWrong: "The YAML can’t be read; the form shows what it said before.",
  notMap: "This is not a declaration of a connector.",
  problems: "What is still wrong",
  allRight: "Nothing is wrong so far.",
  checking: "Checking…",

  create: "Create the connector",
  save: "Save",
  saved: (name: string) => `${name} has been saved.`,
  cancel: "Cancel",

  declared: "Declared in the configuration file",
  declaredWhy:
    "The gateway does not change your files by itself. Make the change here, then look at it in the configuration and apply it there.",
  removeWhy:
    "The gateway does not change your files by itself. Look at the file without this connector in the configuration, and apply it there.",
  offer: "Show it in the configuration",
  noFile: "No configuration file that can be changed here declares it. This is the changed declaration:",

  wrong: {
    required: "This is needed.",
    enum: "Choose one of the list.",
    empty: "This must not be empty.",
    minimum: (value: string) => `At least ${value}.`,
    maximum: (value: string) => `At most ${value}.`,
    type: (type: string) => `This must be of type ${type}.`,
    pattern: (pattern: string) =>
      pattern.includes("ms|s|m|h|d")
        ? "A whole number and ms, s, m, h or d, such as 30s."
        : pattern.includes("KiB|MiB")
          ? "A whole number and B, KiB, MiB or GiB, such as 10MiB."
          : `This does not have the form ${pattern}.`,
  },
} as const;
