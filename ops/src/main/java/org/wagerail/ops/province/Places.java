package org.wagerail.ops.province;

import org.wagerail.project.UnifiedSocialCreditCode;

/** Firms, projects and special accounts by their number, and who belongs to whom. */
final class Places {
  private static final int SIZE = 20;
  private static final int FIRM_NAME = 21;
  private static final int PROJECT_NAME = 22;

  private static final String[] CITIES = {
    "浙江", "杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "舟山", "台州", "丽水"
  };
  private static final String[] REGIONS = {
    "330100", "330100", "330200", "330300", "330400", "330500", "330600", "330700", "330800",
    "330900", "331000", "331100"
  };
  private static final String[] WORDS = {
    "宏", "远", "恒", "泰", "中", "兴", "华", "盛", "鼎", "新", "广", "厦", "腾", "达", "瑞", "安", "百", "川", "东",
    "升", "金", "桥", "天", "成", "万", "合", "永", "固", "正", "大"
  };
  private static final String[] WORKS = {
    "住宅小区", "产业园", "地铁站", "医院", "学校", "安置房", "桥梁", "污水处理厂", "体育馆", "物流园"
  };

  private final ProvinceSpec spec;
  private final Seed seed;
  private final int contractors;
  private final int subcontractors;
  private final int owners;

  Places(ProvinceSpec spec) {
    this.spec = spec;
    this.seed = new Seed(spec.seed());
    contractors = Math.max(Math.min(2, spec.projects()), spec.projects() / 5);
    subcontractors =
        Math.max(
            spec.filesPerProject(), (int) ((long) spec.projects() * spec.filesPerProject() / 3));
    owners = 1 + spec.projects() / 8;
  }

  int contractors() {
    return contractors;
  }

  int firms() {
    return contractors + subcontractors + owners;
  }

  int contractorOf(int project) {
    return project % contractors;
  }

  int subcontractorOf(int project, int file) {
    return contractors + (int) (((long) project * spec.filesPerProject() + file) % subcontractors);
  }

  int ownerOf(int project) {
    return contractors + subcontractors + project % owners;
  }

  /** A third of the contractors keep their first two projects in one special account. */
  int accountOf(int project) {
    boolean second = project / contractors == 1 && contractorOf(project) % 3 == 0;
    return second ? project - contractors : project;
  }

  String accountNumber(int account) {
    return "33001" + "9%012d".formatted(account + 1L);
  }

  String projectCode(int project) {
    return region(project) + "-2026-" + "%06d".formatted(project + 1);
  }

  String projectName(int project) {
    return CITIES[project % CITIES.length]
        + seed.pick(PROJECT_NAME, project, WORDS)
        + seed.pick(PROJECT_NAME, project + 1_000_003L, WORDS)
        + seed.pick(PROJECT_NAME, project + 2_000_003L, WORKS)
        + "工程";
  }

  String region(int project) {
    return REGIONS[project % REGIONS.length];
  }

  String firmCode(int firm) {
    long body = (firm * 7_919L + Math.floorMod(seed.value(), 10_000_000L)) % 100_000_000L;
    var organisation = "%08d".formatted(body);
    var code =
        "91" + REGIONS[firm % REGIONS.length] + organisation + organisationCheck(organisation);
    return code + UnifiedSocialCreditCode.checkDigit(code);
  }

  /** The organisation code inside has a check character of its own (GB 11714). */
  private static char organisationCheck(String digits) {
    int[] weights = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : (char) ('0' + check % 11);
  }

  String firmName(int firm) {
    var kind =
        firm < contractors
            ? "建设集团有限公司"
            : firm < contractors + subcontractors ? "建筑劳务有限公司" : "城市开发有限公司";
    return CITIES[firm % CITIES.length]
        + seed.pick(FIRM_NAME, firm, WORDS)
        + seed.pick(FIRM_NAME, firm + 1_000_003L, WORDS)
        + kind;
  }

  /** The number of a project's first worker; that of the next project's is the end. */
  long firstWorker(int project) {
    if (project == 0 || project == spec.projects()) {
      return project == 0 ? 0 : spec.workers();
    }
    // Between the projects the border wanders by an eighth of a project to either side.
    long eighths = (long) project * 8_000 + seed.draw(SIZE, project, 2_000) - 1_000;
    return spec.workers() * eighths / (8_000L * spec.projects());
  }

  /** The number of the first worker of a payroll file of a project. */
  long firstWorker(int project, int file) {
    long first = firstWorker(project);
    return first + (firstWorker(project + 1) - first) * file / spec.filesPerProject();
  }
}
