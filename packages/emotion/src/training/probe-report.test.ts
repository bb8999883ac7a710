import { expect, test } from 'vitest'
import { type ProbeReport, probeRemarks } from './probe-report.js'

const report: ProbeReport = {
  ...{
    features: 'states',
    phrases: 16,
    pieces: 4,
    columns: 8,
    neurons: 3,
    penalty: 'l1',
    C: 0.1,
    validation: {}
  }
}

test('a probe that found something, without teacher or other half, needs no remark', () => {
  expect(probeRemarks(report)).toEqual([])
})

test('remarks name the teacher, the other half, and that nothing was found', () => {
  const unseen = {
    phrases: 12,
    pieces: 6,
    accuracy: 0.75,
    balancedAccuracy: 0.7,
    auc: 0.8125,
    majorityRate: 0.5
  }
  expect(probeRemarks({ ...report, teacher: 'music', judged: 24, unseen, neurons: 0 })).toEqual([
    'right is what music says of the 16 phrases it is surest of, out of 24',
    'on the other half, 12 phrases of 6 pieces: accuracy 75.0, balanced 70.0, AUC 0.813; majority 50.0',
    'It found nothing to go by: it always says the more frequent kind.'
  ])
})
