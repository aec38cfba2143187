package org.wagerail.project;

/** What can be wrong with a row of reference data. The names are the codes that users see. */
enum Flaw {
  NO_FILES("目录中没有CSV文件", "the directory has no csv file"),
  UNKNOWN_FILE("此目录中不应有该文件", "no such file belongs to reference data"),
  EMPTY_FILE("文件没有表头", "the file has no header"),
  CANNOT_READ("文件无法读取：%s", "the file cannot be read: %s"),
  BAD_ENCODING("文件不是UTF-8编码", "the file is not UTF-8"),
  BAD_CSV("不是合法的CSV：%s", "not well-formed csv: %s"),
  MISSING_COLUMN("缺少列", "the column is missing"),
  UNKNOWN_COLUMN("未知的列", "the column is not known"),
  REPEATED_COLUMN("列重复", "the column stands twice"),
  FIELD_COUNT("列数与表头不符", "the row has another number of fields than the header"),
  MISSING_VALUE("缺少值", "a value is missing"),
  TOO_LONG("超过%s个字符", "longer than %s characters"),
  BAD_CHARACTER("含有控制字符或不可见字符", "has control or invisible characters"),
  NAME_BAD_CHAR("姓名或名称含有不可见字符", "the name has invisible characters"),
  BAD_DATE("不是日期（年-月-日）", "not a date (yyyy-mm-dd)"),
  BAD_INSTANT("不是带时区的时间", "not a time with its offset (ISO 8601)"),
  BAD_PERIOD("不是月份（年-月）", "not a month (yyyy-mm)"),
  BAD_NUMBER("不是%s之间的整数", "not a whole number from %s"),
  BAD_AMOUNT("不是金额，或小数位过多", "not an amount, or more decimals than the currency has"),
  AMOUNT_OR_SHARE("须且只须写明金额或比例之一", "either an amount or a share must be given, not both"),
  BAD_PARAMETER(
      "此参数不能取该值（应为界限内的整数、时间 HH:MM、已知的日历，或 yes/no）",
      "the parameter cannot have this value (a whole number within its bounds, a time HH:MM, a"
          + " known calendar, or yes/no)"),
  FAR_AHEAD("晚于导入日一年以上", "more than a year after the import"),
  BAD_CURRENCY("不是货币代码", "not a currency code"),
  BAD_CHOICE("只能是 %s", "must be one of %s"),
  BAD_REGION("不是六位行政区划代码", "not a region code of six digits"),
  BAD_HASH("不是SHA-256（64位十六进制）", "not a SHA-256 of 64 hexadecimal digits"),
  BAD_KEY("不是Ed25519公钥（X.509，Base64）", "not an Ed25519 public key (X.509, Base64)"),
  BAD_ZONE("不是时区", "not a time zone"),
  BAD_BANK_CODE("不是12位行号", "not a bank code of 12 digits"),
  BAD_ACCOUNT(
      "账号的长度、字符或卡号校验位错误",
      "length, characters or a card's check digit of the account number are wrong"),
  BAD_IDENTIFIER("证件号码格式或校验位错误", "form or check character of the identifier is wrong"),
  DATES_REVERSED("结束日早于开始日", "ends before it begins"),
  WRONG_YEAR("日期不属于该年", "the day is not in that year"),
  REPEATED_ROW("与另一行重复", "repeats another row"),
  CHANGED(
      "已有相同的键而内容不同；请用新的起始日另起一行",
      "the same key is here with other content; give a new row with its own from date"),
  CONTRADICTION("同一证件号码对应不同姓名", "one identifier has two names"),
  SHARED_KEY("同一公钥属于两人", "one key belongs to two persons"),
  SHARED_USER("同一用户名对应两人", "one user name belongs to two persons"),
  NOT_LATER("不晚于已有的确认", "not later than the confirmation that is here"),
  UNKNOWN_BANK("未知的银行", "the bank is not known"),
  UNKNOWN_FIRM("未知的单位", "the firm is not known"),
  UNKNOWN_PROJECT("未知的项目", "the project is not known"),
  UNKNOWN_ACCOUNT("未知的专用账户", "the special account is not known"),
  UNKNOWN_PERSON("未知的人员", "the person is not known"),
  UNKNOWN_MEMBER("行号不在参与者名录中", "the bank code is not in the participant directory"),
  UNKNOWN_CALENDAR("未知的日历", "the calendar is not known"),
  OTHER_CONTRACTOR("项目与账户的总包单位不同", "project and account have different contractors"),
  SECOND_BOOK("该项目已有工资账", "the project has a wage book already"),
  NOT_ON_PROJECT("该单位不是项目的总包或分包", "the firm is neither contractor nor subcontractor there");

  private final String zh;
  private final String en;

  Flaw(String zh, String en) {
    this.zh = zh;
    this.en = en;
  }

  Finding at(String file, long row, String column, Object... words) {
    return new Finding(file, row, column, name(), zh.formatted(words), en.formatted(words));
  }
}
