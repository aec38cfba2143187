package org.wagerail.ops.province;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * What a province is made of.
 *
 * @param seed another seed makes other people
 * @param projects at least 1
 * @param workers at least one for each payroll file; spread over the projects, a quarter more or
 *     less than the mean each
 * @param filesPerProject how many subcontractors, each with a payroll file of its own, a project
 *     has
 * @param payDate when they want to be paid
 * @param period the month that is paid for
 * @param coverPercent how much of its payroll is in a wage book at the start
 * @param onUsPercent how many workers have their account at the operating bank itself
 * @param version the version of pain.001 the files are in, or '' for a mixture of .03, .09 and .11
 * @param troubles what is wrong, on purpose
 */
public record ProvinceSpec(
    long seed,
    int projects,
    int workers,
    int filesPerProject,
    LocalDate payDate,
    YearMonth period,
    int coverPercent,
    int onUsPercent,
    String version,
    Troubles troubles) {

  /**
   * @throws IllegalArgumentException when no such province can be made
   */
  public ProvinceSpec {
    if (projects < 1 || filesPerProject < 1 || workers < (long) projects * filesPerProject * 2) {
      throw new IllegalArgumentException(
          "至少一个项目，且每个工资文件至少两名工人"
              + " a province needs a project and two workers for each payroll file");
    }
    if (coverPercent < 0 || onUsPercent < 0 || onUsPercent > 100) {
      throw new IllegalArgumentException("百分比超出范围 a percentage is out of bounds");
    }
    if (!version.matches("(pain\\.001\\.001\\.(03|09|11))?")) {
      throw new IllegalArgumentException("没有此报文版本 no such version of a payroll: " + version);
    }
  }

  /** A province where everything is right: covered by 120 %, all workers at other banks. */
  public static ProvinceSpec of(long seed, int projects, int workers, LocalDate payDate) {
    return new ProvinceSpec(
        seed, projects, workers, 1, payDate, YearMonth.from(payDate), 120, 0, "", Troubles.NONE);
  }

  /** The same with other troubles. */
  public ProvinceSpec with(Troubles others) {
    return new ProvinceSpec(
        seed,
        projects,
        workers,
        filesPerProject,
        payDate,
        period,
        coverPercent,
        onUsPercent,
        version,
        others);
  }

  /** The same with another number of payroll files in each project. */
  public ProvinceSpec withFilesPerProject(int files) {
    return new ProvinceSpec(
        seed,
        projects,
        workers,
        files,
        payDate,
        period,
        coverPercent,
        onUsPercent,
        version,
        troubles);
  }

  /** The same in one version of pain.001. */
  public ProvinceSpec withVersion(String only) {
    return new ProvinceSpec(
        seed,
        projects,
        workers,
        filesPerProject,
        payDate,
        period,
        coverPercent,
        onUsPercent,
        only,
        troubles);
  }
}
