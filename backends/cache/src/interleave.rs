//! Every order in which the steps of several tasks can be done.

/// Calls `run` with each order of the steps: `counts` has the number of steps of each task, and an order has the number of
/// the task for each step. Returns how many orders there were.
pub(crate) fn every_order(counts: &[usize], mut run: impl FnMut(&[usize])) -> usize {
    fn go(left: &mut [usize], order: &mut Vec<usize>, run: &mut impl FnMut(&[usize])) -> usize {
        if left.iter().all(|left| *left == 0) {
            run(order);
            return 1;
        }
        let mut many = 0;
        for task in 0..left.len() {
            if left[task] > 0 {
                left[task] -= 1;
                order.push(task);
                many += go(left, order, run);
                order.pop();
                left[task] += 1;
            }
        }
        many
    }
    go(&mut counts.to_vec(), &mut Vec::new(), &mut run)
}
